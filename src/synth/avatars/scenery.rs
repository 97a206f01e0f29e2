//! Pictures as from a stock library: land, water, animals, flowers and patterns.

use super::canvas::{Canvas, Colour, Point, SIDE, hsv, mix, shade, wavy};
use crate::synth::random::Random;

/// Cosine of each 24th of a turn, times 1024.
const COSINE: [i32; 24] = [
    1024, 989, 887, 724, 512, 265, 0, -265, -512, -724, -887, -989, -1024, -989, -887, -724, -512, -265, 0, 265, 512,
    724, 887, 989,
];

/// The point at a distance from another, in 24ths of a turn.
fn polar((x, y): Point, turn: i32, distance: i32) -> Point {
    let cosine = |turn: i32| COSINE.get(turn.rem_euclid(24).unsigned_abs() as usize).copied().unwrap_or_default();
    (x + cosine(turn) * distance / 1024, y + cosine(turn - 6) * distance / 1024)
}

/// Draws one of the kinds of scenery.
pub(super) fn draw(random: &mut Random) -> Canvas {
    let mut canvas = match random.below(9) {
        0 => hills(random),
        1 => horses(random),
        2 => birds(random),
        3 => flower(random),
        4 => pattern(random),
        5 => boat(random),
        6 => tree(random),
        7 => house(random),
        _ => candle(random),
    };
    let step = random.pixels(9, 15);
    canvas.grain(random, (0, SIDE), step, 8);
    if random.per_mille(500) {
        canvas.mirror();
    }
    canvas
}

/// Day, dusk or night: the colours at the top and at the horizon.
fn sky(random: &mut Random) -> (Colour, Colour) {
    match random.below(4) {
        0 => (hsv(random.pixels(195, 225), 170, random.pixels(150, 220)), hsv(200, 40, 245)),
        1 => (hsv(random.pixels(225, 290), 150, random.pixels(40, 90)), hsv(random.pixels(8, 40), 190, 250)),
        2 => (hsv(random.pixels(215, 250), 190, 24), hsv(random.pixels(215, 250), 150, random.pixels(60, 100))),
        _ => (hsv(random.pixels(30, 50), 50, 250), hsv(random.pixels(180, 330), 90, random.pixels(150, 200))),
    }
}

/// A sky with a sun or moon, and where the land begins.
fn open_sky(random: &mut Random, horizon: i32) -> Canvas {
    let (top, low) = sky(random);
    let mut canvas = Canvas::new(top);
    canvas.gradient(0, horizon, top, low);
    let (centre, radius) = ((random.pixels(20, 220), random.pixels(10, horizon)), random.pixels(14, 44));
    let light = hsv(random.pixels(36, 56), random.pixels(10, 150), 255);
    canvas.disc(centre, radius + 10, mix(low, light, 110));
    canvas.disc(centre, radius, light);
    canvas
}

fn land(random: &mut Random) -> Colour {
    let hue = random.pick(&[34, 48, 88, 110, 140, 24, 205]);
    hsv(hue + random.pixels(-8, 8), random.pixels(50, 190), random.pixels(50, 220))
}

fn hills(random: &mut Random) -> Canvas {
    let mut base = random.pixels(50, 150);
    let mut canvas = open_sky(random, base + 20);
    for _ in 0..random.below(3) + 2 {
        let (height, step) = (random.pixels(12, 46), random.pixels(36, 110));
        let ridge = wavy(random, height, step);
        canvas.below(base, &ridge, land(random));
        base += random.pixels(26, 60);
    }
    canvas
}

fn horses(random: &mut Random) -> Canvas {
    let horizon = random.pixels(90, 170);
    let mut canvas = open_sky(random, horizon);
    let ground = land(random);
    canvas.below(horizon, &wavy(random, 8, 60), ground);
    for _ in 0..random.below(3) + 1 {
        let coat = if ground[1] > 120 {
            hsv(random.pixels(10, 30), 160, random.pixels(24, 80))
        } else {
            hsv(36, random.pixels(10, 120), 235)
        };
        let size = random.pixels(26, 52);
        horse(&mut canvas, (random.pixels(40, 200), horizon + random.pixels(-20, 40)), size, coat);
    }
    canvas
}

/// A horse that looks to the right; `size` is half the length of its body.
fn horse(canvas: &mut Canvas, (x, y): Point, size: i32, coat: Colour) {
    let part = |share: i32| size * share / 100;
    for leg in [-80, -58, 52, 76] {
        canvas.line((x + part(leg), y), (x + part(leg - 6), y + part(125)), part(22).max(5), shade(coat, -16));
    }
    canvas.ellipse((x, y), (size, part(50)), coat);
    let crest = [
        (x + part(50), y - part(20)),
        (x + part(108), y - part(120)),
        (x + part(138), y - part(96)),
        (x + part(98), y + part(16)),
    ];
    canvas.polygon(&crest, coat);
    canvas.ellipse((x + part(138), y - part(92)), (part(36), part(19)), coat);
    canvas.line((x + part(106), y - part(122)), (x + part(60), y - part(36)), part(20).max(4), shade(coat, -40));
    canvas.line((x - part(96), y - part(14)), (x - part(126), y + part(70)), part(22).max(4), shade(coat, -40));
}

fn birds(random: &mut Random) -> Canvas {
    let (top, low) = sky(random);
    let mut canvas = Canvas::new(top);
    canvas.gradient(0, SIDE, top, low);
    for _ in 0..random.below(4) + 1 {
        let centre = (random.pixels(0, SIDE), random.pixels(0, SIDE));
        canvas.ellipse(centre, (random.pixels(40, 90), random.pixels(12, 30)), mix(low, [255; 3], 150));
    }
    let plumage = if low[0] > 140 { hsv(random.pixels(0, 359), 60, 30) } else { [244, 244, 240] };
    for _ in 0..random.below(4) + 1 {
        let (x, y, size) = (random.pixels(40, 200), random.pixels(40, 200), random.pixels(26, 84));
        let (lift, dip) = (random.pixels(-60, 90), random.pixels(0, 40));
        for side in [-1, 1] {
            let tip = (x + side * size, y - size * lift / 100);
            let bend = (x + side * size / 2, y - size * (lift / 2 + dip) / 100);
            canvas.polygon(
                &[(x, y - size / 10), bend, tip, (x + side * size / 3, y + size / 6), (x, y + size / 6)],
                plumage,
            );
        }
        canvas.ellipse((x, y), (size / 4, size / 7), plumage);
    }
    canvas
}

fn flower(random: &mut Random) -> Canvas {
    let ground = hsv(random.pixels(80, 220), random.pixels(60, 200), random.pixels(20, 220));
    let mut canvas = Canvas::new(ground);
    for _ in 0..random.below(6) + 3 {
        let centre = (random.pixels(0, SIDE), random.pixels(0, SIDE));
        canvas.disc(centre, random.pixels(18, 60), shade(ground, random.pixels(-60, 60)));
    }
    for _ in 0..random.below(2) + 1 {
        let (centre, reach) = ((random.pixels(60, 180), random.pixels(50, 170)), random.pixels(40, 92));
        let petal = hsv(
            random.pixels(260, 420),
            random.pixels(20, 220),
            if ground[1] > 120 { random.pixels(60, 170) } else { 240 },
        );
        let every = random.pick(&[2, 3, 4, 4]);
        let first = random.pixels(0, 3);
        canvas.line(centre, (centre.0 + random.pixels(-40, 40), SIDE), 8, hsv(110, 150, 90));
        for (count, turn) in (first..first + 24).step_by(every.max(2)).enumerate() {
            for step in 2..=10_i32 {
                let width = reach * (12 - (step - 7).abs()) / 40;
                canvas.disc(
                    polar(centre, turn, reach * step / 10),
                    width,
                    shade(petal, if count % 2 == 0 { 14 } else { -14 }),
                );
            }
        }
        canvas.disc(centre, reach / 4, hsv(random.pixels(20, 60), 220, random.pixels(60, 240)));
    }
    canvas
}

/// Patterns that no flag has: rays, rings, waves, checks and wedges.
fn pattern(random: &mut Random) -> Canvas {
    let hue = random.pixels(0, 359);
    let dark = hsv(hue, 210, random.pixels(40, 130));
    let light = hsv(hue + random.pixels(100, 260), random.pixels(60, 220), 240);
    let mut canvas = Canvas::new(dark);
    let centre = (random.pixels(40, 200), random.pixels(40, 200));
    match random.below(5) {
        0 => {
            for turn in (0..24).step_by(random.pick(&[2, 4, 6]).max(2)) {
                canvas.polygon(&[centre, polar(centre, turn, 400), polar(centre, turn + 1, 400)], light);
            }
        }
        1 => {
            let step = random.pixels(16, 34);
            for ring in (1..9).rev() {
                canvas.disc(centre, ring * step, if ring % 2 == 0 { dark } else { light });
            }
        }
        2 => {
            let (wave, step) = (wavy(random, 26, 60), random.pixels(34, 60));
            for band in 0..8 {
                canvas.below(band * step - 30, &wave, if band % 2 == 0 { dark } else { light });
            }
        }
        3 => {
            let step = random.pixels(40, 80);
            for cell in 0..36 {
                let (x, y) = (cell % 6 * step - 20, cell / 6 * step - 20);
                if (cell % 6 + cell / 6) % 2 == 0 {
                    canvas.rectangle((x, y), (x + step, y + step), light);
                }
            }
        }
        _ => {
            for _ in 0..3 {
                let corner = |random: &mut Random| (random.pixels(-20, 260), random.pixels(-20, 260));
                let wedge = [corner(random), corner(random), corner(random)];
                canvas.polygon(&wedge, mix(light, dark, random.pixels(0, 90)));
            }
        }
    }
    canvas.disc(
        (random.pixels(30, 210), random.pixels(30, 210)),
        random.pixels(18, 52),
        hsv(hue + 40, 200, random.pixels(30, 250)),
    );
    canvas
}

fn boat(random: &mut Random) -> Canvas {
    let shore = random.pixels(80, 160);
    let mut canvas = open_sky(random, shore);
    let rock = land(random);
    for _ in 0..random.below(3) + 1 {
        let (x, half_width) = (random.pixels(0, SIDE), random.pixels(40, 100));
        let peak = (x + random.pixels(-20, 20), shore - random.pixels(30, 120));
        canvas.polygon(&[(x - half_width, shore), peak, (x + half_width, shore)], shade(rock, random.pixels(-30, 30)));
    }
    let water = hsv(random.pixels(170, 230), random.pixels(70, 200), random.pixels(40, 220));
    canvas.gradient(shore, SIDE, water, shade(water, -40));
    for _ in 0..14 {
        let (x, y) = (random.pixels(0, SIDE), random.pixels(shore + 6, SIDE));
        canvas.line((x, y), (x + random.pixels(14, 50), y), 4, shade(water, 44));
    }
    let (x, y, size) = (random.pixels(50, 190), shore + random.pixels(14, 60), random.pixels(30, 64));
    let sail = if water[1] > 120 { hsv(random.pixels(0, 40), 200, 120) } else { [250, 244, 230] };
    canvas.polygon(&[(x, y - size * 2), (x, y), (x + size, y)], sail);
    canvas.polygon(&[(x - 5, y - size * 3 / 2), (x - 5, y), (x - size * 3 / 4, y)], shade(sail, -24));
    canvas.polygon(
        &[(x - size, y + 5), (x + size, y + 5), (x + size * 3 / 4, y + 20), (x - size * 3 / 4, y + 20)],
        [70, 40, 26],
    );
    canvas
}

fn tree(random: &mut Random) -> Canvas {
    let ground = random.pixels(150, 215);
    let mut canvas = open_sky(random, ground);
    canvas.below(ground, &wavy(random, 12, 90), land(random));
    let (x, top) = (random.pixels(60, 180), random.pixels(50, 120));
    canvas.line((x, ground + 10), (x + random.pixels(-12, 12), top), random.pixels(12, 26), [62, 42, 30]);
    let leaves = hsv(random.pick(&[20, 40, 100, 120, 330]), random.pixels(80, 200), random.pixels(40, 210));
    for _ in 0..random.below(9) + 6 {
        let centre = (x + random.pixels(-60, 60), top + random.pixels(-44, 40));
        canvas.disc(centre, random.pixels(16, 38), shade(leaves, random.pixels(-40, 40)));
    }
    canvas
}

fn house(random: &mut Random) -> Canvas {
    let ground = random.pixels(180, 225);
    let mut canvas = open_sky(random, ground);
    canvas.rectangle((0, ground), (SIDE, SIDE), land(random));
    let (x, half_width, height) = (random.pixels(70, 170), random.pixels(44, 90), random.pixels(70, 130));
    let wall = hsv(random.pixels(10, 50), random.pixels(20, 150), random.pixels(60, 240));
    let roof = shade(hsv(random.pixels(-10, 30), 180, 140), if wall[0] > 150 { -60 } else { 60 });
    canvas.rectangle((x - half_width, ground - height), (x + half_width, ground), wall);
    canvas.polygon(
        &[
            (x - half_width - 12, ground - height),
            (x, ground - height - random.pixels(30, 70)),
            (x + half_width + 12, ground - height),
        ],
        roof,
    );
    let pane = if wall[0] > 150 { [40, 46, 70] } else { [255, 224, 130] };
    let columns = random.pixels(2, 4);
    for column in 0..columns {
        let left = x - half_width + 2 * half_width * column / columns + 8;
        let right = left + 2 * half_width / columns - 16;
        for row in 0..2 {
            let top = ground - height + 12 + row * height * 2 / 5;
            canvas.rectangle((left, top), (right, top + height / 4), pane);
        }
    }
    canvas.rectangle((x - 9, ground - 30), (x + 9, ground), shade(roof, -30));
    canvas
}

fn candle(random: &mut Random) -> Canvas {
    let night = hsv(random.pixels(0, 359), random.pixels(120, 220), random.pixels(16, 50));
    let mut canvas = Canvas::new(night);
    for _ in 0..random.below(3) + 1 {
        let (x, top, half_width) = (random.pixels(24, 216), random.pixels(70, 180), random.pixels(10, 30));
        for ring in (1..7).rev() {
            canvas.disc((x, top - 24), ring * random.pixels(9, 15), mix(hsv(36, 200, 250), night, ring * 36));
        }
        let wax = hsv(random.pixels(20, 60), random.pixels(20, 120), random.pixels(160, 245));
        canvas.rectangle((x - half_width, top), (x + half_width, SIDE), wax);
        canvas.ellipse((x, top), (half_width, 7), shade(wax, -34));
        canvas.ellipse((x, top - 24), (10, 22), [255, 190, 70]);
        canvas.ellipse((x, top - 18), (6, 12), [255, 246, 210]);
    }
    canvas
}
