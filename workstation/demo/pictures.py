"""A few simple drawn photographs for the cases' files, with a watermark as a collector's phone makes."""

from __future__ import annotations

import io
import random
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

SCENES = (
    "cover",
    "bin",
    "rubbish",
    "road",
    "green",
    "shop",
    "pole",
    "stall",
    "bike",
    "street",
    "building",
    "water",
    "site",
)
WIDTH, HEIGHT = 800, 600
_STAMP = "清和区数字城管 · 演示照片"
_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for path in _FONTS:
        if Path(path).exists():
            return ImageFont.truetype(path, size)
    return ImageFont.load_default(size)


@cache
def _grain() -> Image.Image:
    """The noise of a cheap sensor."""
    grey = Image.frombytes("L", (WIDTH, HEIGHT), random.Random(1).randbytes(WIDTH * HEIGHT))
    return Image.merge("RGB", (grey, grey, grey))


@cache
def photograph(scene: str, done: bool) -> bytes:
    """A JPEG of the scene, as found or (``done``) as it looks once put right. The same in every demo city."""
    rng = random.Random(f"{scene}/{done}")
    image = Image.new("RGB", (WIDTH, HEIGHT), (0, 0, 0))
    draw = ImageDraw.Draw(image)
    _background(draw, rng, scene)
    {
        "cover": _cover, "bin": _bin, "rubbish": _rubbish, "road": _road, "green": _green, "shop": _shop, "pole": _pole,
        "stall": _stall, "bike": _bike, "water": _water, "site": _site,
    }.get(scene, _plain)(draw, rng, done)  # fmt: skip
    image = image.filter(ImageFilter.BoxBlur(1))
    image = Image.blend(image, _grain(), 0.035)
    _watermark(image, _STAMP)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def _shade(colour: tuple[int, int, int], by: int) -> tuple[int, int, int]:
    r, g, b = (max(0, min(255, c + by)) for c in colour)
    return r, g, b


def _background(draw: ImageDraw.ImageDraw, rng: random.Random, scene: str) -> None:
    tone = rng.randint(-12, 12)
    for y in range(260):
        draw.line([(0, y), (WIDTH, y)], fill=_shade((176 + y // 8, 198 + y // 10, 216), tone))
    x = -40
    while x < WIDTH:
        w, h = rng.randint(90, 190), rng.randint(90, 210)
        wall = _shade(rng.choice([(196, 182, 164), (178, 178, 182), (206, 196, 180), (168, 158, 150)]), tone)
        draw.rectangle([x, 268 - h, x + w, 268], fill=wall)
        for row in range(268 - h + 14, 252, 26):
            for column in range(x + 10, x + w - 16, 24):
                draw.rectangle([column, row, column + 12, row + 14], fill=_shade(wall, -46))
        x += w + rng.randint(0, 22)
    for _ in range(4):
        cx = rng.randint(0, WIDTH)
        draw.rectangle([cx - 4, 190, cx + 4, 270], fill=(92, 76, 60))
        draw.ellipse([cx - 42, 120, cx + 42, 214], fill=_shade((86, 122, 70), rng.randint(-14, 18)))
    draw.rectangle([0, 266, WIDTH, 330], fill=_shade((168, 160, 150), tone))
    for x in range(0, WIDTH, 40):
        draw.line([(x, 266), (x - 26, 330)], fill=(146, 138, 130))
    draw.rectangle([0, 330, WIDTH, 344], fill=(196, 192, 186))
    draw.rectangle([0, 344, WIDTH, HEIGHT], fill=_shade((96, 97, 100), tone))
    for x in range(rng.randint(0, 80), WIDTH, 190):
        draw.polygon([(x, 440), (x + 90, 440), (x + 78, 452), (x - 14, 452)], fill=(212, 212, 206))


def _cover(draw: ImageDraw.ImageDraw, rng: random.Random, done: bool) -> None:
    draw.ellipse([270, 462, 530, 566], fill=(70, 70, 74))
    draw.ellipse([284, 468, 516, 558], fill=(24, 24, 26) if not done else (112, 108, 104))
    if done:
        for k in range(-4, 5):
            draw.line(
                [(330 + 18 * k, 484 + abs(k) * 3), (400 + 18 * k, 548 - abs(k) * 3)],
                fill=(82, 78, 76),
                width=5,
            )
    else:
        draw.pieslice([250, 440, 470, 540], 150, 330, fill=(116, 110, 106))
        for _ in range(7):
            x = rng.randint(220, 560)
            draw.line([(x, 560), (x + rng.randint(-60, 60), 590)], fill=(58, 58, 60), width=3)


def _bin(draw: ImageDraw.ImageDraw, rng: random.Random, done: bool) -> None:
    lean = 0 if done else 34
    draw.polygon([(330 + lean, 250), (450 + lean, 262), (440, 470), (330, 470)], fill=(48, 112, 84))
    draw.polygon(
        [(320 + lean, 236), (462 + lean, 250), (460 + lean, 272), (320 + lean, 258)], fill=(34, 84, 62)
    )
    draw.rectangle([360 + lean // 2, 330, 410 + lean // 2, 372], fill=(224, 228, 220))
    if not done:
        _litter(draw, rng, 300, 470, 30)


def _litter(draw: ImageDraw.ImageDraw, rng: random.Random, x0: int, y0: int, count: int) -> None:
    for _ in range(count):
        x, y, s = x0 + rng.randint(-130, 250), y0 + rng.randint(-18, 56), rng.randint(8, 30)
        colour = rng.choice(
            [(226, 226, 222), (186, 60, 52), (60, 86, 150), (40, 40, 44), (206, 180, 90), (120, 92, 66)]
        )
        draw.polygon(
            [(x, y), (x + s, y - s // 3), (x + s + 6, y + s // 2), (x + 4, y + s // 2 + 5)], fill=colour
        )


def _rubbish(draw: ImageDraw.ImageDraw, rng: random.Random, done: bool) -> None:
    draw.rectangle([120, 240, 210, 420], fill=(44, 104, 80))
    draw.rectangle([220, 246, 310, 424], fill=(52, 74, 130))
    if not done:
        for _ in range(9):
            x, y = rng.randint(320, 560), rng.randint(360, 440)
            draw.ellipse(
                [x, y, x + rng.randint(50, 96), y + rng.randint(40, 70)],
                fill=rng.choice([(36, 36, 40), (60, 62, 70), (210, 208, 200)]),
            )
        _litter(draw, rng, 400, 440, 40)


def _road(draw: ImageDraw.ImageDraw, rng: random.Random, done: bool) -> None:
    points = [(250 + rng.randint(-20, 20) + 300 * k // 9, 480 + rng.randint(-30, 10)) for k in range(10)]
    points += [(550 - 300 * k // 9, 560 + rng.randint(-16, 20)) for k in range(10)]
    draw.polygon(points, fill=(62, 62, 66) if done else (122, 108, 92))
    if not done:
        for _ in range(26):
            x, y = rng.randint(270, 540), rng.randint(490, 556)
            draw.ellipse(
                [x, y, x + rng.randint(6, 22), y + rng.randint(4, 12)],
                fill=rng.choice([(80, 74, 68), (148, 136, 120)]),
            )


def _green(draw: ImageDraw.ImageDraw, rng: random.Random, done: bool) -> None:
    draw.rectangle([0, 280, WIDTH, 430], fill=(92, 132, 70))
    for _ in range(260):
        x, y = rng.randint(0, WIDTH), rng.randint(284, 428)
        draw.line(
            [(x, y), (x + rng.randint(-5, 5), y - rng.randint(6, 14))],
            fill=rng.choice([(70, 112, 54), (116, 150, 84)]),
        )
    if not done:
        draw.polygon([(250, 400), (600, 300), (612, 318), (262, 424)], fill=(96, 72, 52))
        _litter(draw, rng, 330, 390, 18)


def _shop(draw: ImageDraw.ImageDraw, rng: random.Random, done: bool) -> None:
    for k, colour in enumerate(((168, 44, 40), (36, 84, 140), (190, 136, 40))):
        x = 40 + 250 * k
        draw.rectangle([x, 110, x + 236, 290], fill=(206, 200, 190))
        draw.rectangle([x, 110, x + 236, 156], fill=colour)
        draw.text(
            (x + 40, 116),
            rng.choice(["便民超市", "兰州拉面", "水果批发", "五金百货", "早点小吃"]),
            fill=(250, 244, 226),
            font=_font(30),
        )
        draw.rectangle([x + 20, 170, x + 216, 290], fill=(88, 96, 104))
    if not done:
        for _ in range(14):
            x, y = rng.randint(60, 700), rng.randint(296, 352)
            draw.rectangle(
                [x, y - 34, x + 54, y],
                fill=rng.choice([(188, 148, 96), (200, 62, 50), (70, 130, 76), (222, 178, 60)]),
            )


def _pole(draw: ImageDraw.ImageDraw, rng: random.Random, done: bool) -> None:
    lean = 0 if done else rng.choice([40, -46])
    draw.line([(400, 470), (400 + lean, 20)], fill=(120, 124, 128), width=18)
    draw.line([(400 + lean, 26), (520 + lean, 46)], fill=(120, 124, 128), width=9)
    draw.ellipse([496 + lean, 40, 560 + lean, 62], fill=(238, 226, 168) if done else (70, 70, 72))
    if not done:
        for k in range(4):
            draw.rectangle(
                [376 + lean * (4 - k) // 9, 300 + 34 * k, 420 + lean * (4 - k) // 9, 326 + 34 * k],
                fill=rng.choice([(238, 234, 220), (232, 206, 90)]),
            )


def _stall(draw: ImageDraw.ImageDraw, rng: random.Random, done: bool) -> None:
    if done:
        return
    draw.polygon([(200, 200), (580, 200), (640, 262), (150, 262)], fill=(190, 56, 48))
    for x in (170, 400, 620):
        draw.rectangle([x, 262, x + 7, 470], fill=(90, 90, 92))
    draw.rectangle([160, 360, 630, 440], fill=(150, 116, 80))
    for _ in range(60):
        x, y = rng.randint(170, 600), rng.randint(340, 392)
        draw.ellipse([x, y, x + 26, y + 24], fill=rng.choice([(214, 120, 36), (196, 44, 40), (120, 160, 60)]))


def _bike(draw: ImageDraw.ImageDraw, rng: random.Random, done: bool) -> None:
    count = 5 if done else 13
    for k in range(count):
        x = 90 + k * (90 if done else 50) + (0 if done else rng.randint(-16, 16))
        y = 380 + (0 if done else rng.randint(-40, 60))
        colour = rng.choice([(236, 190, 30), (60, 130, 200), (80, 170, 90)])
        for dx in (0, 56):
            draw.ellipse([x + dx, y, x + dx + 46, y + 46], outline=(40, 40, 42), width=4)
        draw.line(
            [(x + 23, y + 22), (x + 44, y - 16), (x + 78, y + 22), (x + 70, y - 28)], fill=colour, width=6
        )


def _water(draw: ImageDraw.ImageDraw, rng: random.Random, done: bool) -> None:
    draw.rectangle([0, 300, WIDTH, HEIGHT], fill=(96, 122, 118))
    for y in range(310, HEIGHT, 13):
        draw.line([(rng.randint(0, 90), y), (WIDTH - rng.randint(0, 90), y)], fill=(112, 140, 136), width=2)
    draw.rectangle([0, 286, WIDTH, 304], fill=(178, 172, 162))
    if not done:
        _litter(draw, rng, 360, 430, 42)


def _site(draw: ImageDraw.ImageDraw, rng: random.Random, done: bool) -> None:
    for x in range(0, WIDTH, 100):
        draw.rectangle([x, 150, x + 96, 310], fill=(54, 116, 172) if (x // 100) % 2 else (64, 130, 188))
    draw.text((250, 200), "文明施工", fill=(240, 240, 236), font=_font(64))
    if not done:
        draw.polygon([(80, 470), (230, 340), (420, 350), (600, 470)], fill=(158, 128, 92))


def _plain(draw: ImageDraw.ImageDraw, rng: random.Random, done: bool) -> None:
    if not done:
        _litter(draw, rng, 360, 330, 26)


def _watermark(image: Image.Image, stamp: str) -> None:
    draw = ImageDraw.Draw(image, "RGBA")
    draw.rectangle([0, HEIGHT - 46, WIDTH, HEIGHT], fill=(0, 0, 0, 110))
    draw.text((16, HEIGHT - 38), stamp, fill=(255, 255, 255, 235), font=_font(22))
