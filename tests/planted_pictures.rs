//! Copies that were re-encoded, resized, cropped and brightened are found among other pictures, and hardly anything
//! else is. `cargo bench --bench avatars` measures the same with ten times as many.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

mod planted;

use bot_tui::store::Store;
use planted::{Kind, Plan, figures, import_all};

#[test]
fn planted_copies_are_found_and_hardly_anything_else_is() {
    let plan = Plan { pictures: 1_000, groups: 40 };
    let folder = tempfile::tempdir().unwrap();
    plan.write(folder.path());
    let mut store = Store::open(&folder.path().join("cache.db")).unwrap();
    let summary = import_all(&mut store, folder.path());
    assert_eq!((summary.pictures, summary.skipped_pictures.len()), (1_000, 0));
    let found = figures(&store, plan);
    println!("{found}");
    for (kind, least) in [
        (Kind::Encoded, 0.99),
        (Kind::Resized, 0.95),
        (Kind::CroppedLittle, 0.7),
        (Kind::Cropped, 0.2),
        (Kind::Brightened, 0.95),
        (Kind::Everything, 0.35),
    ] {
        let recall = found.by_kind[&kind].recall();
        assert!(recall >= least, "{}: {recall}", kind.word());
    }
    assert!(found.precision() >= 0.99 && found.recall() >= 0.5, "{found}");
    assert_eq!(found.planted(), 40 * 66);
}
