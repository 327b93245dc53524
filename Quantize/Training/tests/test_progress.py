"""Tables of a run's progress, and the curves drawn from them."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from spade_training import progress, segment
from spade_training.networks import Generator, Shape


class ProgressTests(unittest.TestCase):
    def test_rows_stand_below_one_line_of_names(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "table.csv")
            for minute in (1, 2):
                progress.append(path, {"minutes": minute, "mean IoU, exact": minute / 3})
            self.assertEqual(
                path.read_text().split(), ["minutes,\"mean", "IoU,", "exact\"", "1,0.33333", "2,0.66667"]
            )

    def test_curves_show_what_the_tables_hold(self):
        with tempfile.TemporaryDirectory() as folder:
            run = Path(folder)
            with self.assertRaises(FileNotFoundError):
                progress.draw_curves(run, run / "curves.png")
            for minute in range(1, 5):
                row = {"minutes": minute, "coarse": 1 / minute, "adversarial": 0.1, "discriminator": 1.8}
                progress.append(run / "losses.csv", row)
                row = {"minutes": minute, "mean IoU, exact": 0.1 * minute, "grid, exact": 1.2}
                progress.append(run / "figures.csv", row)
            progress.draw_curves(run, run / "curves.png")
            first = np.asarray(Image.open(run / "curves.png"))
            (run / "losses.csv").write_text("minutes,coarse,adversarial,discriminator\n1,2,3,4\n9,1,1,1\n")
            progress.draw_curves(run, run / "curves.png")
            self.assertFalse(np.array_equal(first, np.asarray(Image.open(run / "curves.png"))))

    def test_a_network_that_paints_its_judge_blind_scores_nothing(self):
        shape = Shape(ngf=2, hidden=4, z_dim=3, encoder_ngf=2, size=64)
        exam = progress.Exam(2, 64, 3)
        generator = Generator(shape)
        with torch.no_grad():
            generator.conv_img.weight.zero_()
        figures = exam.figures(generator, segment.Segmenter(16), "cpu")
        # One flat colour: no steps anywhere, and hardly a label that fits.
        self.assertLess(figures["mean IoU, exact"], 0.2)
        self.assertEqual(figures["grid, exact"], 0)
        self.assertGreater(figures["grid, renders"], 0.5)
