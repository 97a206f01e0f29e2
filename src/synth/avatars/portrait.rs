//! Simple drawn faces before varied backgrounds.

use super::canvas::{Canvas, Colour, Point, SIDE, hsv, mix, shade};
use crate::synth::random::Random;

const HAIR: [Colour; 8] = [
    [28, 22, 20],
    [58, 38, 26],
    [104, 66, 34],
    [176, 120, 60],
    [222, 186, 110],
    [150, 150, 154],
    [226, 226, 222],
    [140, 52, 30],
];
const SKIN: [Colour; 6] =
    [[248, 220, 196], [234, 196, 164], [214, 168, 130], [184, 134, 96], [140, 96, 66], [92, 62, 46]];

/// Where a face stands: its centre and half its width and height.
#[derive(Debug, Clone, Copy)]
struct Face {
    centre: Point,
    radii: Point,
    skin: Colour,
    hair: Colour,
}

/// Draws a portrait of nobody.
pub(super) fn draw(random: &mut Random) -> Canvas {
    let mut canvas = background(random);
    let width = random.pixels(36, 58);
    let face = Face {
        centre: (random.pixels(78, 162), random.pixels(86, 136)),
        radii: (width, width * random.pixels(115, 140) / 100),
        skin: random.pick(&SKIN),
        hair: random.pick(&HAIR),
    };
    let style = random.below(8);
    hair_behind(&mut canvas, face, style);
    shoulders(&mut canvas, random, face);
    head(&mut canvas, random, face, style);
    hair_before(&mut canvas, random, face, style);
    if random.per_mille(300) {
        glasses(&mut canvas, face);
    }
    let step = random.pixels(10, 16);
    canvas.grain(random, (0, SIDE), step, 8);
    if random.per_mille(500) {
        canvas.mirror();
    }
    canvas
}

fn background(random: &mut Random) -> Canvas {
    let hue = random.pixels(0, 359);
    let dark = hsv(hue, random.pixels(60, 200), random.pixels(24, 90));
    let light = hsv(hue + random.pixels(20, 200), random.pixels(30, 150), random.pixels(180, 250));
    let (first, second) = if random.per_mille(500) { (dark, light) } else { (light, dark) };
    let mut canvas = Canvas::new(first);
    match random.below(7) {
        0 => canvas.gradient(0, SIDE, first, second),
        1 => canvas.rectangle((random.pixels(60, 180), 0), (SIDE, SIDE), second),
        2 => canvas
            .polygon(&[(0, random.pixels(0, 200)), (SIDE, random.pixels(0, 200)), (SIDE, SIDE), (0, SIDE)], second),
        3 => {
            for _ in 0..random.below(5) + 3 {
                let centre = (random.pixels(0, SIDE), random.pixels(0, SIDE));
                canvas.disc(centre, random.pixels(20, 64), mix(second, first, random.pixels(0, 120)));
            }
        }
        4 => {
            let (left, top) = (random.pixels(-20, 130), random.pixels(-20, 60));
            let (width, height) = (random.pixels(70, 130), random.pixels(90, 150));
            canvas.rectangle((left, top), (left + width, top + height), second);
            canvas.line((left + width / 2, top), (left + width / 2, top + height), 8, first);
            canvas.line((left, top + height / 2), (left + width, top + height / 2), 8, first);
        }
        5 => {
            let step = random.pixels(26, 60);
            for stripe in (0..SIDE / step + 1).step_by(2) {
                canvas.rectangle((0, stripe * step), (SIDE, (stripe + 1) * step), second);
            }
        }
        _ => {
            let horizon = random.pixels(70, 190);
            canvas.gradient(0, horizon, first, mix(first, second, 90));
            canvas.rectangle((0, horizon), (SIDE, SIDE), second);
            canvas.disc((random.pixels(0, SIDE), random.pixels(10, 100)), random.pixels(16, 46), shade(second, 40));
        }
    }
    canvas
}

fn shoulders(canvas: &mut Canvas, random: &mut Random, face: Face) {
    let (cx, cy) = face.centre;
    let cloth = hsv(random.pixels(0, 359), random.pixels(40, 220), random.pixels(40, 235));
    let top = cy + face.radii.1 + random.pixels(4, 14);
    let half_width = face.radii.0 * random.pixels(180, 240) / 100;
    canvas.ellipse((cx, SIDE + 10), (half_width, SIDE + 10 - top), cloth);
    let neck = face.radii.0 * 2 / 5;
    canvas.rectangle((cx - neck, cy), (cx + neck, top + 8), shade(face.skin, -24));
    canvas.ellipse((cx, top + 8), (neck + 4, 12), shade(face.skin, -16));
    if random.per_mille(400) {
        let tone = shade(cloth, if cloth[1] > 120 { -60 } else { 70 });
        canvas.line((cx, top + 14), (cx, SIDE), 10, tone);
    }
}

fn head(canvas: &mut Canvas, random: &mut Random, face: Face, style: u64) {
    let ((cx, cy), (rx, ry)) = (face.centre, face.radii);
    canvas.ellipse(face.centre, face.radii, face.skin);
    let lit = random.pixels(-1, 1) * rx / 5;
    canvas.ellipse((cx + lit, cy), (rx * 3 / 4, ry * 9 / 10), shade(face.skin, 14));
    for side in [-1, 1] {
        let eye = (cx + side * rx * 2 / 5, cy - ry / 10);
        canvas.ellipse(eye, (rx / 6 + 2, ry / 11 + 2), [250, 250, 248]);
        canvas.disc(eye, rx / 9 + 1, [34, 30, 30]);
        let brow = eye.1 - ry / 5;
        canvas.line((eye.0 - rx / 5, brow + 2), (eye.0 + rx / 5, brow), 5, mix(face.hair, [20, 16, 14], 110));
    }
    canvas.line((cx, cy), (cx + rx / 12, cy + ry / 4), 4, shade(face.skin, -40));
    let mouth = cy + ry / 2;
    canvas.ellipse((cx, mouth), (rx / 3, ry / 10), mix(face.skin, [176, 60, 64], 120));
    if style > 3 && style != 6 && random.per_mille(400) {
        canvas.ellipse((cx, mouth + ry / 4), (rx * 2 / 3, ry / 3), face.hair);
        canvas.ellipse((cx, mouth), (rx / 3, ry / 12), mix(face.skin, [176, 60, 64], 120));
    }
}

fn hair_behind(canvas: &mut Canvas, face: Face, style: u64) {
    let ((cx, cy), (rx, ry)) = (face.centre, face.radii);
    match style {
        0 | 1 => canvas.ellipse((cx, cy + ry / 3), (rx * 3 / 2, ry * 3 / 2), face.hair),
        2 => canvas.disc((cx, cy - ry / 5), rx * 8 / 5, face.hair),
        3 => canvas.disc((cx, cy - ry - 6), rx * 3 / 5, face.hair),
        _ => {}
    }
}

fn hair_before(canvas: &mut Canvas, random: &mut Random, face: Face, style: u64) {
    let ((cx, cy), (rx, ry)) = (face.centre, face.radii);
    let cap = |canvas: &mut Canvas, share: i32, colour: Colour| {
        let mut outline: Vec<Point> = vec![(cx - rx - 4, cy - ry / 5), (cx - rx * 3 / 4, cy - ry / 2)];
        outline.extend([
            (cx + share * rx / 10, cy - ry * 7 / 10),
            (cx + rx * 3 / 4, cy - ry / 2),
            (cx + rx + 4, cy - ry / 5),
        ]);
        outline.extend([
            (cx + rx, cy - ry * 4 / 5),
            (cx + rx / 2, cy - ry - 10),
            (cx - rx / 2, cy - ry - 10),
            (cx - rx, cy - ry * 4 / 5),
        ]);
        canvas.polygon(&outline, colour);
    };
    match style {
        5 => {
            let felt = hsv(random.pixels(0, 359), 150, random.pixels(50, 220));
            canvas.ellipse((cx, cy - ry * 3 / 5), (rx * 8 / 5, ry / 5), felt);
            canvas.rectangle((cx - rx, cy - ry * 13 / 10), (cx + rx, cy - ry * 3 / 5), shade(felt, -24));
        }
        6 => {
            let scarf = hsv(random.pixels(0, 359), random.pixels(60, 200), random.pixels(90, 235));
            for (dx, dy, radius) in [(-1, 0, 30), (1, 0, 30), (-1, 1, 28), (1, 1, 28)] {
                canvas.ellipse((cx + dx * rx, cy + dy * ry * 3 / 5), (rx * radius / 80, ry * 3 / 5), scarf);
            }
            cap(canvas, 0, scarf);
            canvas.ellipse((cx, cy + ry * 5 / 4), (rx * 9 / 10, ry / 3), shade(scarf, -20));
        }
        7 => {}
        _ => cap(canvas, random.pixels(-6, 6), face.hair),
    }
}

fn glasses(canvas: &mut Canvas, face: Face) {
    let ((cx, cy), (rx, ry)) = (face.centre, face.radii);
    let y = cy - ry / 10;
    for side in [-1, 1] {
        let centre = (cx + side * rx * 2 / 5, y);
        canvas.disc(centre, rx / 3, [30, 30, 36]);
        canvas.disc(centre, rx / 3 - 4, shade(face.skin, 24));
        canvas.disc(centre, rx / 8 + 1, [34, 30, 30]);
    }
    canvas.line((cx - rx / 8, y), (cx + rx / 8, y), 4, [30, 30, 36]);
}

/// The platform's own picture for those who chose none.
pub(super) fn default_picture() -> Canvas {
    let mut canvas = Canvas::new([196, 206, 214]);
    canvas.ellipse((120, 250), (92, 92), [118, 132, 146]);
    canvas.disc((120, 104), 50, [118, 132, 146]);
    canvas
}
