"""Steps on a grid: found where they are put, as the loss and the figure see them; labels that hide them."""

import unittest

import numpy as np
import torch

from spade_training import losses, metrics
from spade_training.segment import as_tensor

ONE = np.zeros((256, 256), np.uint8)


def _picture(step: int, grid: int = 32) -> np.ndarray:
    """Noise on gray; every other cell of the grid is lighter by `step`."""
    rng = np.random.default_rng(3)
    cells = np.add.outer(np.arange(256) // grid, np.arange(256) // grid) % 2
    noise = rng.normal(0, 6, (256, 256, 3))
    return np.clip(120 + step * cells[..., None] + noise, 0, 255).astype(np.uint8)


class GridTests(unittest.TestCase):
    def test_noise_has_no_steps(self):
        self.assertAlmostEqual(metrics.grid_ratio(ONE, _picture(0)), 1, delta=0.05)

    def test_more_step_more_ratio(self):
        ratios = [metrics.grid_ratio(ONE, _picture(step)) for step in (0, 5, 10, 20)]
        self.assertEqual(ratios, sorted(ratios))
        self.assertGreater(ratios[2], 2)

    def test_other_grids_count_for_less(self):
        self.assertLess(metrics.grid_ratio(ONE, _picture(20, grid=20)), 1.6)
        self.assertGreater(metrics.grid_ratio(ONE, _picture(20, grid=32)), 3)

    def test_steps_between_labels_do_not_count(self):
        labels = (np.arange(256) // 32 % 2).astype(np.uint8)[None].repeat(256, 0)
        picture = _picture(0).astype(int) + 60 * labels[..., None]
        found = metrics.grid_ratio(labels, np.clip(picture, 0, 255).astype(np.uint8))
        self.assertAlmostEqual(found, 1, delta=0.1)

    def test_map_without_areas_gives_no_number(self):
        labels = np.indices((256, 256)).sum(0).astype(np.uint8) % 2
        self.assertTrue(np.isnan(metrics.grid_ratio(labels, _picture(5))))

    def test_both_directions_count_alike(self):
        picture = _picture(0).astype(int)
        picture[:, np.arange(256) // 32 % 2 == 1] += 20
        picture = np.clip(picture, 0, 255).astype(np.uint8)
        turned = metrics.grid_ratio(ONE, picture.transpose(1, 0, 2))
        self.assertAlmostEqual(metrics.grid_ratio(ONE, picture), turned, places=9)

    def test_loss_sees_what_the_figure_sees(self):
        labels = torch.zeros(1, 256, 256, dtype=torch.int64)
        flat, stepped = (losses.grid_steps(as_tensor(_picture(s)[None]), labels, 32) for s in (0, 20))
        self.assertLess(flat.item(), 0.1)
        self.assertGreater(stepped.item(), 2)

    def test_loss_pulls_steps_down(self):
        labels = torch.zeros(1, 256, 256, dtype=torch.int64)
        picture = as_tensor(_picture(20)[None]).requires_grad_()
        before = losses.grid_steps(picture, labels, 32)
        (slope,) = torch.autograd.grad(before, picture)
        after = losses.grid_steps(picture - 0.05 * slope / slope.abs().max(), labels, 32)
        self.assertLess(after.item(), before.item())


class WeightTests(unittest.TestCase):
    def test_equal_weights_are_no_weights(self):
        a, b = torch.randn(4, 3, 32, 32), torch.randn(4, 3, 32, 32)
        torch.testing.assert_close(losses.coarse(a, b, torch.ones(4)), losses.coarse(a, b))

    def test_sample_without_weight_counts_for_nothing(self):
        a, b = torch.randn(2, 3, 32, 32), torch.randn(2, 3, 32, 32)
        found = losses.coarse(a, b, torch.tensor([1.0, 0.0]))
        torch.testing.assert_close(found, losses.coarse(a[:1], b[:1]) / 2)
