"""Training: a run that was interrupted equals one that was not."""

import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

import torch

from spade_training import pool, segment, shipping, train
from spade_training.batch import Batch, Settings
from spade_training.export import read_checkpoint, write_checkpoint
from spade_training.networks import Encoder, Generator, Shape
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
            trainer.step(Batch.of(self.pool, trainer.settings, SHAPE.z_dim, trainer.iteration))

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

    def test_a_model_goes_on_after_new_discriminators_have_learned_alone(self):
        folder = Path(self.folder.name) / "model"
        folder.mkdir()
        torch.manual_seed(11)
        write_checkpoint(folder, Generator(SHAPE), Encoder(SHAPE))
        wanted = read_checkpoint(folder)[0].state_dict()
        settings = replace(SETTINGS, warmup=0, judges_first=2, iterations=8)
        trainer = train.Trainer(
            SHAPE, settings, segment.Segmenter(SHAPE.class_count).eval().requires_grad_(False), "cpu"
        )
        trainer.adopt(*read_checkpoint(folder))
        judges = {n: p.clone() for n, p in trainer.discriminator.named_parameters() if "weight" in n}
        self.advance(trainer, 2)
        for name, weight in trainer.generator.named_parameters():
            torch.testing.assert_close(weight, wanted[name], rtol=0, atol=0, msg=name)
        still = [n for n, p in trainer.discriminator.named_parameters() if n in judges and torch.equal(p, judges[n])]
        self.assertEqual(still, [])
        self.advance(trainer, 3)
        still = [n for n, p in trainer.generator.named_parameters() if torch.equal(p, wanted[n])]
        self.assertEqual(still, [])

    def test_the_mean_of_two_networks_is_that_of_their_weights(self):
        torch.manual_seed(12)
        one, other = Generator(SHAPE), Generator(SHAPE)
        weights = shipping._mean(one.state_dict(), other.state_dict())
        for name, layer in (("conv_img.weight", "conv_img"), ("fc.bias", "fc")):
            kind = name.split(".")[1]
            expected = (getattr(getattr(one, layer), kind) + getattr(getattr(other, layer), kind)) / 2
            torch.testing.assert_close(weights[name], expected, rtol=0, atol=1e-7)
        direction = "up_0.conv_0.weight_u"
        torch.testing.assert_close(weights[direction], one.state_dict()[direction], rtol=0, atol=0)
        self.assertEqual(weights["up_0.norm_0.param_free_norm.num_batches_tracked"].dtype, torch.int64)
        one.load_state_dict(weights)

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
