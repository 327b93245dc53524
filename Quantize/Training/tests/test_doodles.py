"""Drawings of maps: the same for a seed, roughly where things are, simpler than the map; regions as found by hand."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
from PIL import Image

from spade_training import handmade, pool
from spade_training.doodles import doodle
from spade_training.drawings import coloured, palette
from spade_training.regions import regions
from spade_training.scenes import CLASSES, Mood, SceneClass, render


def _borders(labels: np.ndarray) -> int:
    return int(
        (np.diff(labels.astype(int), axis=0) != 0).sum() + (np.diff(labels.astype(int), axis=1) != 0).sum()
    )


class DoodleTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.maps = [render(layout, Mood.from_seed(0), 128)[1] for layout in range(16)]

    def test_seed_decides(self):
        np.testing.assert_array_equal(doodle(self.maps[0], 4), doodle(self.maps[0], 4))
        self.assertFalse(np.array_equal(doodle(self.maps[0], 4), doodle(self.maps[0], 5)))

    def test_map_is_left_as_it_was(self):
        before = self.maps[1].copy()
        doodle(self.maps[1], 1)
        np.testing.assert_array_equal(self.maps[1], before)

    def test_drawing_holds_only_classes_and_the_size(self):
        for seed, labels in enumerate(self.maps):
            drawing = doodle(labels, seed)
            self.assertEqual((drawing.shape, drawing.dtype), (labels.shape, np.uint8))
            self.assertLess(drawing.max(), len(CLASSES))

    def test_things_stay_about_where_they_are(self):
        shares = [np.mean(doodle(labels, seed) == labels) for seed, labels in enumerate(self.maps)]
        self.assertGreater(np.mean(shares), 0.75)
        self.assertGreater(min(shares), 0.4)

    def test_lines_are_simpler(self):
        ratios = [_borders(doodle(labels, seed)) / _borders(labels) for seed, labels in enumerate(self.maps)]
        self.assertLess(np.median(ratios), 0.7)

    def test_sun_grows_around_its_place(self):
        labels = np.full((128, 128), SceneClass.SKY, np.uint8)
        labels[80:] = SceneClass.GRASS
        y, x = np.ogrid[:128, :128]
        disc = (x - 40) ** 2 + (y - 30) ** 2 < 36
        labels[disc] = SceneClass.SUN
        grown = 0
        for seed in range(20):
            drawn = doodle(labels, seed) == SceneClass.SUN
            self.assertTrue(drawn[28:33, 38:43].any(), f"seed {seed}")
            grown += drawn.sum() > 1.3 * disc.sum()
            # What is much larger than its picture's disc would teach pale ones.
            self.assertLess(drawn.sum(), 2.7 * disc.sum(), f"seed {seed}")
        self.assertGreater(grown, 4)

    def test_map_of_one_label_stays(self):
        for label in (SceneClass.TREES, SceneClass.CLOUDS, SceneClass.WATER):
            for seed in range(8):
                self.assertEqual(doodle(np.full((64, 64), label, np.uint8), seed).shape, (64, 64))

    def test_shards_hold_drawings_of_their_maps(self):
        labels = self.maps[3]
        drawings = pool.doodles_of(3, labels)
        self.assertEqual(drawings.shape, (pool.DOODLE_COUNT, 128, 128))
        np.testing.assert_array_equal(drawings[1], doodle(labels, 3 * pool.DOODLE_COUNT + 1))


class RegionTests(unittest.TestCase):
    def test_regions_of_a_small_map(self):
        mask = np.array([[1, 1, 0, 0, 1], [0, 1, 0, 1, 1], [0, 0, 1, 0, 0], [1, 0, 0, 0, 0]], bool)
        found = regions(mask)
        self.assertEqual([region.area for region in found], [3, 3, 1, 1])
        self.assertEqual(
            {region.box for region in found}, {(0, 0, 2, 2), (3, 0, 5, 2), (2, 2, 3, 3), (0, 3, 1, 4)}
        )

    def test_arms_that_join_below_are_one_region(self):
        mask = np.array([[1, 0, 1, 0, 1], [1, 0, 1, 0, 1], [1, 1, 1, 1, 1]], bool)
        self.assertEqual([region.area for region in regions(mask)], [11])
        columns, tops = regions(mask)[0].tops()
        self.assertEqual((columns.tolist(), tops.tolist()), ([0, 1, 2, 3, 4], [0, 2, 0, 2, 0]))

    def test_regions_cover_any_map(self):
        mask = np.random.default_rng(1).random((40, 40)) < 0.6
        again = np.zeros_like(mask)
        for region in regions(mask):
            for row, first, last in region.runs:
                self.assertFalse(again[row, first:last].any())
                again[row, first:last] = True
        np.testing.assert_array_equal(again, mask)

    def test_empty_map_has_none(self):
        self.assertEqual(regions(np.zeros((4, 4), bool)), [])


class HandmadeTests(unittest.TestCase):
    def test_files_are_the_drawings(self):
        shipped = Path(__file__).parents[3] / "Models" / "landscapes" / "doodles"
        self.assertEqual(len(handmade.DRAWINGS), 12)
        with tempfile.TemporaryDirectory() as folder:
            handmade.write(Path(folder))
            for name in handmade.DRAWINGS:
                image = Image.open(Path(folder, f"{name}.png"))
                np.testing.assert_array_equal(np.asarray(image), handmade.drawing(name))
                np.testing.assert_array_equal(
                    np.asarray(Image.open(shipped / f"{name}.png")), handmade.drawing(name)
                )
                self.assertEqual(image.getpalette()[: len(palette())], palette())
                np.testing.assert_array_equal(
                    np.asarray(image.convert("RGB")), coloured(handmade.drawing(name))
                )

    def test_they_show_every_class(self):
        seen = set().union(*(np.unique(handmade.drawing(name)).tolist() for name in handmade.DRAWINGS))
        self.assertEqual(seen, set(range(len(CLASSES))))
