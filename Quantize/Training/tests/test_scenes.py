"""Scenes: determinism, labels that the mood cannot move, labels that say what is painted."""

import unittest

import numpy as np

from spade_training.scenes import CLASSES, Mood, SceneClass, render


class SceneTests(unittest.TestCase):
    def test_same_seeds_give_the_same_scene(self):
        for first, second in zip(render(3, Mood.from_seed(5), 64), render(3, Mood.from_seed(5), 64)):
            np.testing.assert_array_equal(first, second)

    def test_labels_depend_on_the_layout_alone(self):
        for layout in range(12):
            _, labels = render(layout, Mood.from_seed(1), 64)
            pictures = []
            for mood in range(2, 6):
                picture, again = render(layout, Mood.from_seed(mood), 64)
                np.testing.assert_array_equal(labels, again, f"layout {layout}, mood {mood}")
                pictures.append(picture)
            self.assertFalse(np.array_equal(pictures[0], pictures[1]), f"layout {layout}")

    def test_another_layout_gives_other_labels(self):
        maps = [render(layout, Mood.from_seed(0), 64)[1] for layout in range(8)]
        for k, labels in enumerate(maps[1:]):
            self.assertGreater(np.mean(labels != maps[k]), 0.05)

    def test_every_class_occurs(self):
        seen = set()
        for layout in range(60):
            seen |= set(np.unique(render(layout, Mood.from_seed(0), 64)[1]).tolist())
        self.assertEqual(seen, set(range(len(CLASSES))))

    def test_smaller_picture_shows_the_same_scene(self):
        for layout in range(6):
            _, large = render(layout, Mood.from_seed(0), 128)
            _, small = render(layout, Mood.from_seed(0), 64)
            self.assertGreater(np.mean(large[::2, ::2] == small), 0.85, f"layout {layout}")

    def test_the_disc_is_brighter_than_the_sky_around_it(self):
        found = 0
        for layout in range(40):
            picture, labels = render(layout, Mood.from_seed(layout), 128)
            if (labels == SceneClass.SUN).sum() < 20:
                continue
            found += 1
            light = picture.mean(2)
            self.assertGreater(light[labels == SceneClass.SUN].mean(), light[labels == SceneClass.SKY].mean())
        self.assertGreater(found, 3)
