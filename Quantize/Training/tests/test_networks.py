"""Networks: windows against dense convolutions, crops, files."""

import tempfile
import unittest
from pathlib import Path

import torch
from torch.nn import functional

from spade_training.export import read_checkpoint, write_checkpoint
from spade_training.networks import Encoder, Generator, Modulation, Shape, one_hot
from spade_training.windows import Windows

SMALL = Shape(ngf=4, hidden=6, z_dim=5, encoder_ngf=4, size=64)


class NetworkTests(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(0)

    def test_windows_equal_dense_convolutions(self):
        labels = torch.randint(0, 16, (2, 12, 9)).repeat_interleave(2, 1)
        layer = Modulation(7, SMALL)
        norm = layer.eval().param_free_norm
        norm.running_mean.normal_()
        norm.running_var.uniform_(0.5, 2)
        x = torch.randn(2, 7, 24, 9)
        hidden = functional.relu(layer.mlp_shared[0](one_hot(labels, 16)))
        wanted = norm(x) * (1 + layer.mlp_gamma(hidden)) + layer.mlp_beta(hidden)
        torch.testing.assert_close(layer(x, Windows.of(labels, 16)), wanted)

    def test_dense_equals_windows(self):
        generator = Generator(SMALL).eval()
        labels, z = (
            torch.randint(0, 16, (2, 8, 8)).repeat_interleave(8, 1).repeat_interleave(8, 2),
            torch.randn(2, 5),
        )
        wanted = generator(labels, z)
        generator.dense = True
        torch.testing.assert_close(generator(labels, z), wanted, atol=1e-5, rtol=1e-4)

    def test_lattice_moves_coarse_labels_and_not_fine_ones(self):
        generator = Generator(SMALL).eval()
        rows, z = torch.arange(64)[None, :, None] // 16 % 16, torch.randn(1, 5)
        labels = rows.expand(1, 64, 64)
        corner = generator(labels, z)
        # Read within the same band of labels, nothing changes; read from the next one, something does.
        torch.testing.assert_close(generator(labels, z, lattice=(0.0, 0.9)), corner)
        self.assertFalse(torch.allclose(generator(labels, z, lattice=(0.9, 0.0)), corner, atol=1e-3))

    def test_widths_come_back_from_the_file(self):
        shape = Shape(ngf=6, hidden=10, z_dim=5, encoder_ngf=4, size=64)
        with tempfile.TemporaryDirectory() as folder:
            write_checkpoint(Path(folder), Generator(shape), Encoder(shape))
            self.assertEqual(read_checkpoint(Path(folder))[0].shape, shape)

    def test_training_normalises_with_running_statistics_that_follow(self):
        layer = Modulation(3, SMALL).train()
        norm, x = layer.param_free_norm, torch.randn(2, 3, 8, 8) * 5 + 7
        windows = Windows.of(torch.zeros(2, 8, 8, dtype=torch.int64), 16)
        for _ in range(200):
            found = layer(x, windows)
        torch.testing.assert_close(norm.running_mean, x.mean((0, 2, 3)), atol=1e-3, rtol=0)
        torch.testing.assert_close(norm.running_var, x.var((0, 2, 3)), atol=0.05, rtol=0)
        torch.testing.assert_close(found, layer.eval()(x, windows), atol=1e-3, rtol=0)

    def test_windows_of_equal_ids_are_shared(self):
        windows = Windows.of(torch.zeros(1, 32, 32, dtype=torch.int64), 16)
        self.assertEqual(len(windows.inner), 9)
        self.assertEqual(len(windows.outer), 25)

    def test_crop_reads_its_own_cells(self):
        generator = Generator(SMALL).eval()
        labels, z = torch.randint(0, 16, (1, 32, 32)), torch.randn(1, 5)
        self.assertFalse(torch.equal(generator(labels, z, (0, 0)), generator(labels, z, (1, 1))))

    def test_checkpoint_comes_back_in_half_precision(self):
        generator, encoder = Generator(SMALL), Encoder(SMALL)
        with torch.no_grad():
            # Spectral norms and batch statistics of a fresh network are far from those of its weights.
            for _ in range(20):
                (
                    generator(torch.randint(0, 16, (2, 64, 64)), torch.randn(2, 5)),
                    encoder(torch.randn(2, 3, 256, 256)),
                )
        generator.eval(), encoder.eval()
        with tempfile.TemporaryDirectory() as folder:
            write_checkpoint(Path(folder), generator, encoder)
            again, encoder_again = read_checkpoint(Path(folder))
        labels, z, photo = torch.randint(0, 16, (1, 64, 64)), torch.randn(1, 5), torch.randn(1, 3, 256, 256)
        self.assertEqual(again.shape, SMALL)
        torch.testing.assert_close(again(labels, z), generator(labels, z), atol=0.01, rtol=0)
        torch.testing.assert_close(encoder_again(photo)[0], encoder(photo)[0], atol=0.02, rtol=0)
