use proptest::prelude::*;

use super::*;

fn ways(source: &str, all_stays: bool) -> Vec<String> {
    let back = |rewrite: Rewrite| {
        let followed = format!("{}\nmore", rewrite.text);
        let read = Log
            .read(&followed, &mut Above::default())
            .unwrap_or_else(|error| panic!("{error}\n{source:?}\n{followed}"));
        assert_eq!((read.text.as_str(), followed.get(read.used..)), (source, Some("more")), "{followed}");
        rewrite.text
    };
    Log.write(source, &Ask { all_stays, ..Ask::default() }).into_iter().map(back).collect()
}

#[test]
fn what_a_statement_prints_is_said_once() {
    let source = "10:00:01 user=7 connected to the server\n10:00:02 user=8 connected to the server\nbye";
    assert_eq!(
        ways(source, false),
        ["3 lines, 1 templates, * = value]\nA=10:00:* user=* connected to the server\nA 01 7\nA 02 8\n-bye"]
    );
}

#[test]
fn what_is_expected_is_left_out() {
    let line = |n: u32| {
        let (user, second) = (["ada", "bob"][n as usize / 3], 58 + n);
        let time = format!("2024-02-29 23:59:{:02},00{}", second % 60, n % 2).replace("23:59:0", "00:00:0");
        format!(
            "{} job {} of {user} is done, said {user}",
            if n < 2 { time } else { time.replace("02-29", "03-01") },
            7 + n
        )
    };
    let lines: Vec<String> = (0..6).map(line).collect();
    let text = ways(&lines.join("\n"), true).remove(0);
    let rows: Vec<&str> = text.lines().skip(1).collect();
    let clock = "%t=%Y-%m-%d %H:%M:%S,%3f from 2024-02-29 23:59:58,000";
    let statement = "A=%t job *<+1> of * is done, said *";
    assert_eq!(rows, [clock, statement, "A,7,ada,ada", "A1001", "A999", "A1001,,bob,bob", "A999", "A1001"], "{text}");
}

#[test]
fn lines_that_share_nothing_are_left() {
    assert_eq!(ways("one two\nthree four\nfive six", false), [""; 0]);
}

#[test]
fn a_forged_block_is_an_error() {
    for text in [
        "",
        "x",
        "1 lines, 1 templates, * = value]\nA=*\nB 1",
        "9 lines, 0 templates, * = value]\n-a",
        "1 rows after 1 declarations]\nA=*\nA",
        "1 rows after 1 declarations]\nA=%t\nA5",
        "1 rows after 1 declarations]\nA=x\n99999999999999999999A",
        "1 rows after 1 declarations]\nA=xxxxxxxxxxxxxxxxx\n999999999999A",
        "2 rows after 2 declarations]\n%t=%Y from 2000\nA=%t<99999>\nA9223372036854775807\nA9223372036854775807",
    ] {
        assert!(Log.read(text, &mut Above::default()).is_err(), "{text}");
    }
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "10:0[0-9]:[0-9]{2} (INFO|WARN) {0,2}\\[[a-c]{1,3}\\] started (job|task) [0-9]{1,3} for user=[a-z]{1,3},",
        "10:0[0-9] \\*+ [*a-c]{0,4}[0-9]? é*[0-9]é the end\r?",
        "[ *=\\-A-C0-9é%<>\\\\$\"]{0,20}",
        "2024-0[1-3]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]:[0-5][0-9],[0-9]{3} id (099|100|101|7|8|9) of *<[a-b]> %t is done now",
        "2024-02-29 23:59:5[0-9],[0-9]{3} id [0-9]{1,4} of x[0-9]-[0-9]{2}_[0-9] (came|went) to [a-z]{1,2} and to [a-z]{1,2}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]
    #[test]
    fn every_log_comes_back(lines in proptest::collection::vec(line(), 0..40), all_stays: bool) {
        ways(&lines.join("\n"), all_stays);
    }

    #[test]
    fn a_log_of_few_kinds_of_lines_comes_back(
        kinds in proptest::collection::vec(line(), 1..5),
        order in proptest::collection::vec((any::<prop::sample::Index>(), 0..10_u8), 0..60),
    ) {
        let lines = order.iter().map(|(kind, digit)| kind.get(&kinds).replace('5', &digit.to_string()));
        ways(&lines.collect::<Vec<_>>().join("\n"), true);
    }

    #[test]
    fn a_damaged_block_never_panics(
        lines in proptest::collection::vec(line(), 2..20),
        at in any::<prop::sample::Index>(),
        sign in r#"[,;<>%$@:"\\n19A*+-]"#,
    ) {
        for rewrite in Log.write(&lines.join("\n"), &Ask { all_stays: true, ..Ask::default() }) {
            let mut text: Vec<char> = rewrite.text.chars().collect();
            let place = at.index(text.len());
            text[place] = sign.chars().next().unwrap();
            let _ = Log.read(&text.into_iter().collect::<String>(), &mut Above::default());
        }
    }
}
