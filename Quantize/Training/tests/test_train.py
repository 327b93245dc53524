"""Training: a run that was interrupted equals one that was not."""

import tempfile
import unittest
from pathlib import Path

import torch

from spade_training import pool, segment, train
from spade_training.batch import Batch, Settings
from spade_training.networks import Shape
from spade_training.state import load, save

SHAPE = Shape(ngf=2, hidden=4, z_dim=3, encoder_ngf=2, size=64)
SETTINGS = Settings(iterations=4, crop=32, batch=2, warmup=1, ndf=4)


class TrainTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        pool.make(Path(cls.folder.name), pool.SHARD_COUNT, 64, note=lambda text: None)
        cls.pool = pool.Pool(Path(cls.folder.name))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def trainer(self) -> train.Trainer:
        torch.manual_seed(7)
        segmenter = segment.Segmenter(SHAPE.class_count).eval().requires_grad_(False)
        return train.Trainer(SHAPE, SETTINGS, segmenter, "cpu")

    def advance(self, trainer: train.Trainer, until: int):
        while trainer.iteration < until:
            trainer.step(Batch.of(self.pool, SETTINGS, SHAPE.z_dim, trainer.iteration))

    def test_resumed_run_equals_an_uninterrupted_one(self):
        through = self.trainer()
        self.advance(through, 4)
        first = self.trainer()
        self.advance(first, 2)
        path = Path(self.folder.name) / "checkpoint.pt"
        save(path, first.state())
        second = self.trainer()
        second.restore(load(path))
        self.advance(second, 4)
        for part in ("generator", "encoder", "discriminator", "averaged"):
            wanted, found = getattr(through, part).state_dict(), getattr(second, part).state_dict()
            for name in wanted:
                torch.testing.assert_close(found[name], wanted[name], rtol=0, atol=0, msg=f"{part} {name}")

    def test_every_painting_weight_moves(self):
        trainer = self.trainer()
        before = {n: p.clone() for n, p in trainer.generator.named_parameters()}
        self.advance(trainer, 3)
        still = [n for n, p in trainer.generator.named_parameters() if torch.equal(p, before[n])]
        self.assertEqual(still, [])

    def test_style_pictures_share_the_mood(self):
        settings = Settings(iterations=1, crop=64, batch=16, own_style=0.0, taught_style=0.0)
        batch = Batch.of(self.pool, settings, SHAPE.z_dim, 0)
        pictures = [segment.as_tensor(self.pool[k][0][None])[0] for k in range(len(self.pool))]

        def index(tensor):
            return next(k for k, p in enumerate(pictures) if torch.equal(p, tensor))

        for content, style in zip(batch.pictures, batch.styles):
            a, b = index(content), index(style)
            self.assertNotEqual(a, b)
            self.assertEqual(a // pool.LAYOUTS_PER_MOOD, b // pool.LAYOUTS_PER_MOOD)


if __name__ == "__main__":
    unittest.main()
