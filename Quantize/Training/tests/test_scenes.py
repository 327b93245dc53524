"""Scenes: determinism, labels that the mood cannot move, labels that say what is painted."""

import unittest
from dataclasses import replace

import numpy as np

from spade_training.scenes import CLASSES, Mood, SceneClass, render


def _mood_of(wanted) -> Mood:
    return next(mood for mood in map(Mood.from_seed, range(2000)) if wanted(mood) and mood.contrast > 0.4)


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

    def test_the_moon_is_smaller_than_the_sun_in_the_same_place(self):
        day, night = (_mood_of(lambda mood: mood.night < 0.01), _mood_of(lambda mood: mood.night > 0.9))
        found = 0
        for layout in range(60):
            labels = render(layout, day, 128)[1]
            disc = labels == SceneClass.SUN
            if disc.sum() < 60:
                continue
            found += 1
            bright = []
            for mood in (day, night):
                light = render(layout, mood, 128)[0].mean(2)[disc]
                bright.append(np.mean(light > light.min() + 0.6 * (light.max() - light.min())))
            self.assertLess(bright[1], 0.75, f"layout {layout}")
        self.assertGreater(found, 3)

    def test_suns_as_people_draw_them_are_large_golden_and_before_the_clouds(self):
        clear = _mood_of(lambda mood: mood.night < 0.01 and mood.contrast > 0.9)
        widths = []
        for layout in range(80):
            picture, labels = render(layout, clear, 128)
            rows, columns = np.nonzero(labels == SceneClass.SUN)
            if not len(rows) or np.ptp(columns) < 20 or rows.min() == 0 or columns.min() == 0 or columns.max() == 127:
                continue
            widths.append(np.ptp(columns))
            # What lies before the disc grows from below; clouds would leave holes and dents above its middle.
            middle = rows[np.ptp(columns) // 2 <= rows - rows.min()].min()
            above = labels[rows.min() : middle, (columns.min() + columns.max()) // 2]
            self.assertEqual(set(above.tolist()), {SceneClass.SUN}, f"layout {layout}")
            distance = np.hypot(rows - middle, columns - (columns.min() + columns.max()) / 2)
            blue = picture[rows, columns, 2].astype(float)
            radius = np.ptp(columns) / 2
            self.assertLess(
                blue[distance > 0.8 * radius].mean() + 40, blue[distance < 0.3 * radius].mean(), f"layout {layout}"
            )
        self.assertGreater(len(widths), 3)
        self.assertGreater(max(widths), 30)

    def test_snow_lies_on_things(self):
        winter = _mood_of(lambda mood: mood.frost > 0.4)
        gains = []
        for layout in range(30):
            white = []
            for mood in (winter, replace(winter, frost=0.0)):
                picture, labels = render(layout, mood, 64)
                plants = np.isin(labels, (SceneClass.TREES, SceneClass.GRASS))
                white.append(picture[plants].astype(float).min(1).mean() if plants.any() else 0)
            gains.append(white[0] - white[1])
        self.assertGreater(np.mean(gains), 5)

    def test_mood_comes_back_from_its_numbers(self):
        for seed in range(20):
            mood = Mood.from_seed(seed)
            again = Mood.from_vector(mood.vector())
            np.testing.assert_allclose(again.vector(), np.clip(mood.vector(), -1, 4), atol=0.06)

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
