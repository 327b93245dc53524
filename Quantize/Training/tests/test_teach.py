"""Teaching the encoder through a generator."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from spade_training import pool, teach
from spade_training.export import settle
from spade_training.networks import Encoder, Generator, Shape
from spade_training.state import load, save

SHAPE = Shape(ngf=2, hidden=4, z_dim=3, encoder_ngf=2, size=64)


class TeachTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        pool.make(Path(cls.folder.name), pool.SHARD_COUNT, 64, note=lambda text: None)
        cls.pool = pool.Pool(Path(cls.folder.name))

    def test_styles_are_compared_by_what_is_painted_in_them(self):
        seen = []

        def flat(labels, styles, cells):
            """Pictures as light as their style's first number."""
            seen.append((labels.numpy(), cells))
            return styles[:, :1, None, None].expand(-1, 3, 64, 64)

        found, wanted = torch.tensor([[0.5, 9], [-0.5, 9]]), torch.tensor([[0.25, 0], [0.25, 0]])
        lenders = torch.stack([torch.full((3, 8, 8), 0.0), torch.full((3, 8, 8), -0.75)])
        loss = teach._painted(self.pool, flat, found, wanted, lenders, np.random.default_rng(5))
        # 0.25 and 0.75 apart at two sizes; 0.5 and 0.25 from the lenders.
        self.assertAlmostEqual(loss.item(), teach._COLOURS * 2 * 0.5 + teach._LIGHT * 0.375, places=5)
        (first, cells), (second, _) = seen
        np.testing.assert_array_equal(first, second)
        self.assertEqual(cells, (0, 0))
        for labels in first:
            self.assertTrue(any(np.array_equal(self.pool[k][1], labels) for k in range(len(self.pool))))

    def test_the_encoder_follows_what_the_generator_makes_of_it(self):
        torch.manual_seed(3)
        generator = Generator(SHAPE).requires_grad_(False)
        # A new one paints black and white alone.
        settle(generator, ((torch.zeros(4, 64, 64).long(), torch.randn(4, 3)) for _ in range(80)))
        first, weights = Encoder(SHAPE).state_dict(), []
        for name, through in (("plain", None), ("through", generator)):
            path = Path(self.folder.name) / f"{name}.pt"
            save(path, {"encoder": first, "iteration": 0})
            teach.train(self.pool, path, SHAPE, 3, batch=4, generator=through)
            weights.append(load(path)["encoder"]["fc_mu.weight"])
        self.assertFalse(torch.equal(*weights))


if __name__ == "__main__":
    unittest.main()
