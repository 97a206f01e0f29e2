//! Pictures through the real binary: what is said of traps, groups as JSON and as a table, and addresses.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

mod place;
mod program;

use std::fs;

use predicates::prelude::*;

use place::Place;

/// The small data with pictures: 1 and 2 carry one file, 3 a smaller copy of it, 4 only an address.
fn with_pictures() -> Place {
    let place = Place::imported();
    let drawing = bot_tui::synth::drawing(1, 40);
    fs::create_dir(place.path("pictures")).unwrap();
    drawing.save(place.path("pictures/1.png")).unwrap();
    drawing.save(place.path("pictures/2.png")).unwrap();
    image::imageops::thumbnail(&drawing, 100, 100).save(place.path("pictures/3.jpg")).unwrap();
    let addresses = "{\"type\":\"account\",\"id\":\"4\",\"avatar_url\":\"https://pictures.example/4.jpg\"}\n\
                     {\"type\":\"account\",\"id\":\"5\",\"avatar_url\":\"https://town.example/avatars/original/missing.png\"}\n";
    fs::write(place.path("addresses.jsonl"), addresses).unwrap();
    place.run(&["import", "addresses.jsonl", "--avatars", "pictures"]).success();
    place
}

#[test]
fn groups_name_their_accounts_and_how_far_each_is_from_the_middle() {
    let place = with_pictures();
    let found = place.json(&["avatars", "--json"]);
    assert_eq!(found["schema"], "bot-tui/avatar-groups/1");
    let group = &found["groups"][0];
    assert_eq!((&group["size"], &group["pictures"], &group["default"]), (&3.into(), &2.into(), &false.into()));
    let accounts = group["accounts"].as_array().unwrap();
    let ids: Vec<&str> = accounts.iter().map(|account| account["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["1", "2", "3"]);
    assert_eq!(accounts[0]["distance_to_medoid"], 0);
    assert_eq!(accounts[2]["distance_to_medoid"], group["diameter"]);
    assert!(accounts[0]["quality"].as_u64().unwrap() >= 50 && accounts[0]["pdq"].as_str().unwrap().len() == 64);
    assert_eq!(
        (&found["accounts"]["only_address"], &found["accounts"]["only_default_address"]),
        (&2.into(), &1.into())
    );
    let table = place.run(&["avatars", "--format", "csv"]).success();
    let table = String::from_utf8(table.get_output().stdout.clone()).unwrap();
    assert!(
        table.starts_with("group,size,diameter,id,handle,sha256,pdq,quality,distance_to_medoid,default\n1,3,"),
        "{table}"
    );
    assert_eq!(table.lines().count(), 4);
    let words = place.run(&["avatars"]).success();
    words
        .stdout(predicate::str::contains("@amber_lake").and(predicate::str::contains("equal addresses prove nothing")));
    let strict = place.json(&["avatars", "--json", "--avatar-distance", "0", "--min-size", "3"]);
    assert!(strict["groups"].as_array().unwrap().is_empty() || strict["groups"][0]["diameter"] == 0);
    place.run(&["avatars", "--avatar-distance", "32"]).code(2);
}

#[test]
fn addresses_without_a_picture_are_printed_for_a_downloader() {
    let place = with_pictures();
    let lines = place.run(&["export", "avatar-urls"]).success();
    lines.stdout("https://pictures.example/4.jpg\n").stderr(predicate::str::contains("1 with a default picture"));
    let aria2 = place.run(&["export", "avatar-urls", "--format", "aria2"]).success();
    aria2.stdout("https://pictures.example/4.jpg\n  out=4.jpg\n");
    place.run(&["export", "--tag", "unsure"]).success();
}

#[test]
fn a_picture_that_cannot_be_read_is_one_line() {
    let place = Place::imported();
    fs::create_dir(place.path("pictures")).unwrap();
    fs::write(place.path("pictures/1.jpg"), "a text").unwrap();
    let said = place.run(&["import", "data.jsonl", "--avatars", "pictures"]).success();
    said.stdout(predicate::str::contains("0 pictures read, 1 skipped").and(predicate::str::contains("it is no PNG")));
}

/// A PNG file of about a kilobyte that claims 30,000 × 30,000 pixels, 3.6 GB.
#[cfg(target_os = "linux")]
fn large_bomb() -> Vec<u8> {
    let chunk = |name: &[u8; 4], data: &[u8]| {
        let named = [name, data].concat();
        let mut check = flate2::Crc::new();
        check.update(&named);
        [&u32::try_from(data.len()).unwrap().to_be_bytes(), named.as_slice(), &check.sum().to_be_bytes()].concat()
    };
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut packed, &vec![0; 900_000]).unwrap();
    let size = 30_000_u32.to_be_bytes();
    let header = chunk(b"IHDR", &[&size, &size, [8, 6, 0, 0, 0].as_slice()].concat());
    let data = chunk(b"IDAT", &packed.finish().unwrap());
    [b"\x89PNG\r\n\x1a\n".as_slice(), &header, &data, &chunk(b"IEND", &[])].concat()
}

/// A GIF file of 1,000 × 1,000 pixels and 10,000 frames, 40 GB if all were held at once.
#[cfg(target_os = "linux")]
fn long_bomb() -> Vec<u8> {
    let header = b"GIF89a\xe8\x03\xe8\x03\x80\x00\x00\xff\x00\x00\x00\x00\x00";
    let frame = b"\x21\xf9\x04\x00\x01\x00\x00\x00\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00";
    [header.as_slice(), &frame.repeat(10_000), b";"].concat()
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_of_bombs_is_read_in_bounded_memory_and_each_is_one_line() {
    /// Kilobytes of data that the program may hold, and with which it cannot even begin.
    const ENOUGH: u32 = 600_000;
    const TOO_LITTLE: u32 = 20_000;
    let place = Place::new();
    let accounts: String = (1..=30).map(|id| format!("{{\"type\":\"account\",\"id\":\"{id}\"}}\n")).collect();
    fs::write(place.path("accounts.jsonl"), accounts).unwrap();
    fs::create_dir(place.path("pictures")).unwrap();
    let mut whole = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut whole).encode_image(&bot_tui::synth::drawing(1, 40)).unwrap();
    let (large, long) = (large_bomb(), long_bomb());
    assert!(large.len() < 1_100 && long.len() < 300_000);
    // Several of each, and none equal to another, so that threads that decode beside each other add up.
    let write = |id: usize, kind: &str, bytes: &[u8]| {
        fs::write(place.path(&format!("pictures/{id}.{kind}")), [bytes, &[id as u8]].concat()).unwrap();
    };
    for copy in 0..6 {
        write(5 * copy + 1, "png", &large);
        write(5 * copy + 2, "gif", &long);
        write(5 * copy + 3, "jpg", &whole[..whole.len() / 2]);
        write(5 * copy + 4, "jpg", b"a text");
        std::os::unix::fs::symlink("/etc/hosts", place.path(&format!("pictures/{}.jpg", 5 * copy + 5))).unwrap();
    }
    let import = |cache: &str, kilobytes: u32| {
        let within = "ulimit -d \"$1\" && shift && exec \"$@\"";
        let mut command = std::process::Command::new("sh");
        command.current_dir(place.path("")).env("RAYON_NUM_THREADS", "4").args(["-c", within, "sh"]);
        command.arg(kilobytes.to_string()).arg(env!("CARGO_BIN_EXE_bot-tui"));
        command.args(["--cache", cache, "import", "accounts.jsonl", "--avatars", "pictures"]);
        command.args(["--rejects", "rejects.jsonl"]).output().unwrap()
    };
    assert!(!import("little.db", TOO_LITTLE).status.success(), "the limit holds");
    let read = import("enough.db", ENOUGH);
    let output = String::from_utf8_lossy(&read.stdout).into_owned();
    assert!(read.status.success(), "{output}{}", String::from_utf8_lossy(&read.stderr));
    assert!(output.contains("6 pictures read, 24 skipped"), "{output}");
    let rejects = fs::read_to_string(place.path("rejects.jsonl")).unwrap();
    let lines: Vec<serde_json::Value> = rejects.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 24, "{rejects}");
    let whys = ["outside of the folder", "30,000 × 30,000", "", "breaks off", "it is no PNG"];
    for line in lines {
        let file = line["file"].as_str().unwrap();
        let id: usize = file.trim_start_matches("pictures/").split('.').next().unwrap().parse().unwrap();
        let (why, said) = (whys[id % 5], line["reason"].as_str().unwrap());
        assert!(!why.is_empty() && said.contains(why) && said.lines().count() == 1, "{line}");
    }
}
