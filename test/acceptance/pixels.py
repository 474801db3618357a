"""Looks for colours in a PNG file: pixels.py FILE CORNER COLOUR...

Fails unless the first pixel has the colour CORNER, written 1c2128, and at least twenty pixels have
each COLOUR. Reads what Chromium writes: eight bits a channel, RGB or RGBA, not interlaced.
"""

import struct
import sys
import zlib


def chunks(png):
    at = 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def paeth(left, above, corner):
    guess = left + above - corner
    return min((abs(guess - left), 0, left), (abs(guess - above), 1, above), (abs(guess - corner), 2, corner))[2]


def unfilter(kind, line, above, size):
    for i in range(len(line)):
        left = line[i - size] if i >= size else 0
        corner = above[i - size] if i >= size else 0
        predicted = (0, left, above[i], (left + above[i]) // 2, paeth(left, above[i], corner))[kind]
        line[i] = (line[i] + predicted) & 255


def count_colours(file):
    with open(file, "rb") as stream:
        parts = list(chunks(stream.read()))
    width, height, _, kind = struct.unpack(">IIBB", parts[0][1][:10])
    size = {2: 3, 6: 4}[kind]
    data = zlib.decompress(b"".join(content for name, content in parts if name == b"IDAT"))
    counts, first, above = {}, None, bytearray(width * size)
    for row in range(height):
        at = row * (width * size + 1)
        line = bytearray(data[at + 1 : at + 1 + width * size])
        unfilter(data[at], line, above, size)
        for i in range(0, len(line), size):
            colour = bytes(line[i : i + 3]).hex()
            first = first or colour
            counts[colour] = counts.get(colour, 0) + 1
        above = line
    return first, counts


def main(file, corner, *colours):
    first, counts = count_colours(file)
    missing = [colour for colour in colours if counts.get(colour, 0) < 20]
    if first != corner:
        print(f"{file}: begins with the colour {first}, not {corner}")
    if missing:
        print(f"{file}: too little of {', '.join(missing)}")
    return first != corner or bool(missing)


sys.exit(main(*sys.argv[1:]))
