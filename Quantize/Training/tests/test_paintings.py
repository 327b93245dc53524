"""Pictures that a packed model paints for the encoder to learn from."""

import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import torch
from PIL import Image

from spade_training import paintings, pool, teach
from spade_training.networks import Shape
from spade_training.state import load
from spade_training.styles import drawn_style

# Stands for `spade synthesize MODEL MAPS -o PICTURES --z …`: paints each map as gray as its first label is large.
_SPADE = """#!{python}
import sys
from pathlib import Path
from PIL import Image
maps, pictures = Path(sys.argv[3]), Path(sys.argv[5])
pictures.mkdir(exist_ok=True)
for path in sorted(maps.iterdir()):
    label = Image.open(path).getpixel((0, 0))
    Image.new("RGB", (64, 64), (label * 16,) * 3).save(pictures / path.name)
"""


class PaintingTests(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.run_folder = Path(self.folder.name)
        pool.make(self.run_folder / "pool", pool.SHARD_COUNT, 64, note=lambda text: None)
        self.spade = self.run_folder / "spade"
        self.spade.write_text(_SPADE.format(python=sys.executable))
        self.spade.chmod(0o755)

    def test_each_has_its_map_and_its_style(self):
        paintings.make(self.run_folder, self.spade, 7, 3, 1)
        found, scenes = paintings.Paintings(self.run_folder / "paintings"), pool.Pool(self.run_folder / "pool")
        self.assertEqual(len(found), 7)
        maps = [scenes[0][1], scenes.drawing(0, 0), scenes.drawing(0, 1), scenes[1][1]]
        for k, labels in enumerate(maps):
            picture, style = found[k]
            self.assertEqual(picture.shape, (64, 64, 3))
            self.assertEqual(picture[0, 0, 0], labels[0, 0] * 16)
            np.testing.assert_array_equal(style, drawn_style(paintings._FIRST + k)[:3])

    def test_pictures_that_are_missing_are_named(self):
        paintings.make(self.run_folder, self.spade, 3, 3, 1)
        next((self.run_folder / "paintings/pictures").iterdir()).unlink()
        with self.assertRaisesRegex(SystemExit, "has 2 of 3 pictures"):
            paintings.Paintings(self.run_folder / "paintings")

    def test_half_of_what_the_encoder_sees_is_of_them(self):
        paintings.make(self.run_folder, self.spade, 6, 3, 1)
        for path in (self.run_folder / "paintings/pictures").iterdir():
            Image.new("RGB", (64, 64), (255, 0, 255)).save(path)
        seen = []

        def as_tensor(pictures, device="cpu"):
            seen.append(pictures)
            return torch.from_numpy(np.array(pictures)).permute(0, 3, 1, 2).float() / 127.5 - 1

        shape = Shape(ngf=2, hidden=4, z_dim=3, encoder_ngf=2, size=64)
        scenes = pool.Pool(self.run_folder / "pool")
        with mock.patch.object(teach, "as_tensor", as_tensor):
            teach.train(scenes, self.run_folder / "encoder.pt", shape, 1, batch=6)
        painted = [bool((picture == (255, 0, 255)).all()) for picture in seen[0]]
        self.assertEqual(painted, [False] * 3 + [True] * 3)
        self.assertEqual(load(self.run_folder / "encoder.pt")["iteration"], 1)


if __name__ == "__main__":
    unittest.main()
