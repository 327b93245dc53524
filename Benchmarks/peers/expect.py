"""Paints the held-out maps in float32 with PyTorch: `python expect.py <network folder>`, a process of its own."""

import pathlib
import sys

import numpy
import torch

import maps
from folder import NetworkFolder, names

if __name__ == "__main__":
    folder = NetworkFolder(pathlib.Path(sys.argv[1]))
    network, generator = folder.network(), folder.generator()
    for name in names(folder.held_out):
        with torch.no_grad():
            picture = generator(torch.from_numpy(maps.network_input(folder.held_out, name, network)))[0]
        folder.expected(name).parent.mkdir(exist_ok=True)
        numpy.save(folder.expected(name), picture.numpy())
