"""Photos as a pool: cut alike with their maps, labelled by a network, refused where a map does not fit."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
from PIL import Image

from spade_training import photos, pool


class PhotoTests(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = Path(self.folder.name)
        for name in ("photos", "maps"):
            (self.root / name).mkdir()
        # The left and the right edge lie outside the middle square.
        photo, labels = np.zeros((32, 64, 3), np.uint8), np.full((32, 64), 9, np.uint8)
        photo[:16, 16:48], labels[:16, 16:48] = 200, 1
        photo[16:, 16:48], labels[16:, 16:48] = 50, 2
        Image.fromarray(photo).save(self.root / "photos" / "a.png")
        Image.fromarray(labels).save(self.root / "maps" / "a.png")

    def test_photo_and_map_are_cut_alike(self):
        target = self.root / "pool"
        photos.import_folder(self.root / "photos", target, 32, 10, self.root / "maps", None)
        pictures = pool.Pool(target)
        picture, labels = pictures[0]
        self.assertEqual((pictures.contents.class_count, pictures.contents.per_mood), (10, 1))
        self.assertEqual(set(np.unique(labels)), {1, 2})
        np.testing.assert_array_equal(labels == 1, picture[..., 0] > 125)
        self.assertFalse(pictures.has_moods)
        self.assertEqual(pictures.style_of(5, np.random.default_rng(0), own=0), 5)

    def test_map_with_an_id_beyond_the_classes_is_refused(self):
        with self.assertRaisesRegex(SystemExit, "holds the id 2; there are 2 classes"):
            photos.labels_beside(self.root / "photos" / "a.png", self.root / "maps", 32, 2)

    def test_found_labels_take_the_place_of_known_ones(self):
        target, found = self.root / "pool", self.root / "found"
        photos.import_folder(self.root / "photos", target, 32, 10, self.root / "maps", None)
        photos.label_pool(pool.Pool(target), lambda photo: photo[..., 0] // 50, found, 0, lambda text: None)
        self.assertEqual(set(np.unique(pool.Pool(target, found)[0][1])), {1, 4})
