"""Runs against the clock: the resident pool, rates that end at nothing, a run from files to export."""

import tempfile
import time
import unittest
from dataclasses import replace
from pathlib import Path
from unittest import mock

import numpy as np
import torch
from PIL import Image

from spade_training import pool, segment, shipping, sprint, teach, train
from spade_training.batch import Batch, Settings
from spade_training.export import read_checkpoint, read_segmenter, write_checkpoint, write_segmenter
from spade_training.networks import Encoder, Generator, Shape
from spade_training.resident import Resident
from spade_training.state import Clock, load, save
from spade_training.team import Team

SHAPE = Shape(ngf=2, hidden=4, z_dim=3, encoder_ngf=2, size=64)
SETTINGS = Settings(iterations=10**9, crop=64, batch=2, warmup=1, ndf=4)


class SprintTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.run_folder = Path(cls.folder.name)
        pool.make(cls.run_folder / "pool", pool.SHARD_COUNT, 64, note=lambda text: None)
        cls.pool = pool.Pool(cls.run_folder / "pool")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_resident_batch_is_of_the_pool(self):
        resident = Resident(self.pool, 3, "cpu")
        settings = Settings(1, crop=64, batch=24, doodled=0.5)
        batch = resident.batch(settings, 0)
        pictures = {self.pool[k][0].tobytes(): k for k in range(len(self.pool))}
        mirrored = {self.pool[k][0][:, ::-1].tobytes(): k for k in range(len(self.pool))}
        seen = set()
        for k, picture in enumerate(segment.as_pictures(batch.pictures + 1e-4)):
            turned = picture.tobytes() in mirrored
            index = (mirrored if turned else pictures)[picture.tobytes()]
            drawn = bool(batch.drawn[k])
            seen.add((turned, drawn))
            maps = [self.pool.drawing(index, j) for j in range(pool.DOODLE_COUNT)]
            maps = maps if drawn else [self.pool[index][1]]
            found = batch.labels[k].numpy()[:, :: -1 if turned else 1]
            self.assertTrue(any(np.array_equal(found, m) for m in maps))
            wanted = self.pool.mood_style(index, 3, turned)
            np.testing.assert_allclose(batch.moods[k].numpy(), wanted, atol=1e-6)
        self.assertEqual(len(seen), 4)

    def test_mirror_image_has_its_own_style(self):
        moved = [
            np.abs(self.pool.mood_style(k, 32, True) - self.pool.mood_style(k, 32)).max() for k in (0, 20, 40)
        ]
        self.assertGreater(min(moved), 0.1)

    def test_resident_takes_shards_as_they_come(self):
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder)
            pairs = [(np.full((32, 32, 3), k, np.uint8), np.zeros((32, 32), np.uint8)) for k in range(128)]
            pool.write(target, pairs[:64], pool.Contents(16, pool.LAYOUTS_PER_MOOD))
            resident = Resident(pool.Pool(target), 3, "cpu", capacity=128)
            self.assertEqual(resident.count, 64)
            pool.write(target, pairs, pool.Contents(16, pool.LAYOUTS_PER_MOOD))
            self.assertEqual(resident.take(1), 128)
            self.assertEqual(resident.pictures[100].unique().tolist(), [100])

    def test_clock_of_a_run_that_goes_on_begins_where_it_stood(self):
        clock = Clock(1000, 0.6)
        self.assertAlmostEqual(clock.progress, 0.6, delta=0.01)
        clock.began = time.monotonic() - 500
        self.assertAlmostEqual(clock.progress, 0.8, delta=0.01)
        clock.began = time.monotonic() - 5000
        self.assertEqual(clock.progress, 1.0)

    def test_rates_end_at_nothing(self):
        torch.manual_seed(1)
        trainer = train.Trainer(SHAPE, SETTINGS, segment.Segmenter(16).eval().requires_grad_(False), "cpu")
        trainer.clock = Clock(100)
        for elapsed, share in ((0, 1), (60, 1), (80, 0.5), (100, 0)):
            trainer.clock.began = time.monotonic() - elapsed
            trainer._set_rates()
            rate = trainer.painting.param_groups[0]["lr"]
            self.assertAlmostEqual(rate / SETTINGS.generator_rate, share, delta=0.02)

    def test_bfloat16_learns_as_float32_does(self):
        found = {}
        for precision in ("float32", "bfloat16"):
            torch.manual_seed(5)
            judge = segment.Segmenter(16).eval().requires_grad_(False)
            settings = Settings(iterations=3, crop=64, batch=2, warmup=0, ndf=4, precision=precision)
            trainer = train.Trainer(SHAPE, settings, judge, "cpu")
            trainer.generator.dense = True
            parts = [trainer.step(Batch.of(self.pool, settings, 3, k)) for k in range(3)][-1]
            found[precision] = {name: float(value) for name, value in parts.items()}
        for name, value in found["float32"].items():
            self.assertAlmostEqual(found["bfloat16"][name], value, delta=0.1 * abs(value) + 0.05, msg=name)

    def test_run_ends_with_an_export_and_goes_on(self):
        run = self.run_folder
        segment.train(self.pool, run / "segmenter.pt", 16, 2, 2)
        teach.train(self.pool, run / "encoder.pt", SHAPE, 2, 2)
        plan = sprint.Plan(minutes=0.5, scenes=64, renderers=0, reserve=20.0, save_seconds=1.0, examined=3)
        sprint.run(run, SHAPE, SETTINGS, plan)
        state = load(run / "checkpoint.pt")
        self.assertGreater(state["iteration"], 0)
        self.assertEqual(state["progress"], 1.0)
        # Two checkpoints of one iteration have one sheet.
        rows = (run / "figures.csv").read_text().splitlines()[1:]
        self.assertEqual(len({row.split(",")[1] for row in rows}), len(list((run / "sheets").iterdir())))
        generator, _ = read_checkpoint(run / "export")
        self.assertEqual(generator.shape, SHAPE)
        for name in ("doodles/home.png", "layouts/river.png", "segmenter.safetensors", "opt.txt"):
            self.assertTrue((run / "export" / name).exists(), name)
        maps = sorted((run / "export" / "calibration").glob("*.png"))
        self.assertEqual(len(maps), shipping.CALIBRATION_COUNT)
        exact = pool.scene(2 * shipping.CALIBRATION_STEP, 64)[1]
        self.assertFalse(np.array_equal(np.asarray(Image.open(maps[2])), exact))
        np.testing.assert_array_equal(np.asarray(Image.open(maps[0])), pool.scene(0, 64)[1])
        # Half way through, it goes on from there.
        torch.save(state | {"progress": 0.5}, run / "checkpoint.pt")
        self.assertEqual(train.opened(run, self.pool, SHAPE, SETTINGS, "cpu", Team()).begun, 0.5)
        self.exports_the_encoder_taught_last_and_a_mean()

    def exports_the_encoder_taught_last_and_a_mean(self):
        run, before = self.run_folder, self.run_folder / "before"
        other = Encoder(SHAPE)
        save(run / "encoder.pt", {"encoder": other.state_dict(), "iteration": 9})
        before.mkdir()
        write_checkpoint(before, Generator(SHAPE), other)
        shipping.write(run, 1, begun=before)
        generator, encoder = read_checkpoint(run / "export")
        torch.testing.assert_close(encoder.fc_mu.weight, other.fc_mu.weight.detach(), rtol=1e-3, atol=1e-5)
        ends = [load(run / "checkpoint.pt")["averaged"], read_checkpoint(before)[0].state_dict()]
        mean = sum(end["conv_img.weight"] for end in ends) / 2
        torch.testing.assert_close(generator.conv_img.weight, mean, rtol=1e-3, atol=1e-5)
        with self.assertRaisesRegex(SystemExit, "has no latest_net_G.safetensors"):
            shipping.write(run, 1, begun=run / "pool")

    def test_batches_that_do_not_fit_are_halved(self):
        class Cramped:
            settings, iteration, sizes = replace(SETTINGS, batch=12), 0, []

            @property
            def progress(self):
                return self.iteration / 3

            def step(self, size):
                self.sizes.append(size)
                if size > 4:
                    raise torch.OutOfMemoryError("no room")
                self.iteration += 1
                return {"loss": torch.zeros(())}

        class Whole:
            count, pictures, pool = 0, [], None

            def batch(self, settings, iteration):
                return settings.batch

        trainer = Cramped()
        with mock.patch.object(sprint, "_keep"):
            sprint._train(self.run_folder, trainer, Whole(), sprint.Plan(), Clock(1000), None)
        self.assertEqual(trainer.sizes, [12, 6, 3, 3, 3])

    def test_judge_comes_back_with_its_own_widths(self):
        judge = segment.Segmenter(16, segment.JUDGE_WIDTHS).eval()
        path = self.run_folder / "judge.safetensors"
        write_segmenter(path, judge)
        again, picture = read_segmenter(path), torch.randn(1, 3, 64, 64)
        self.assertEqual(again.widths, segment.JUDGE_WIDTHS)
        torch.testing.assert_close(again(picture), judge(picture), atol=0.02, rtol=0.02)

    def test_judge_sees_scenes_of_its_own(self):
        class Many:
            labels = [None] * 12

            def __len__(self):
                return 12 * pool.SHARD_COUNT

        rng = np.random.default_rng(1)
        own, others = (set(segment._indices(Many(), rng, 400, judge)) for judge in (True, False))
        self.assertFalse(own & others)
        self.assertEqual({k // pool.SHARD_COUNT for k in own}, {3, 7, 11})
