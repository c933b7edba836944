use proptest::prelude::*;

use super::*;

/// Writes `source` in every way and reads each back.
fn ways(source: &str) -> Vec<String> {
    Json.write(source, &Ask { dense: true, ..Ask::default() })
        .into_iter()
        .map(|rewrite| {
            let followed = format!("{}\nand more", rewrite.text);
            let read =
                Json.read(&followed, &mut Above::default()).unwrap_or_else(|error| panic!("{error}\n{followed}"));
            assert_eq!(followed.get(read.used..), Some("and more"), "{followed}");
            assert_eq!(read.text, source, "{followed}");
            rewrite.text
        })
        .collect()
}

fn rows(source: &str) -> String {
    ways(source).into_iter().next().unwrap()
}

#[test]
fn keys_are_said_once() {
    assert_eq!(
        rows(r#"[{"id":1,"name":"Ada"},{"id":2,"name":"Bob, Jr."}]"#),
        "compact, 2 rows of (id,name)]\n1,Ada\n2,\"Bob, Jr.\""
    );
}

#[test]
fn absent_keys_are_empty_cells_and_none_at_the_end() {
    assert_eq!(
        rows(r#"[{"id":1,"b":"x","c":2},{"id":2,"c":""},{"id":3},{"id":4,"b":null,"c":5}]"#),
        "compact, 4 rows of (id,b,c)]\n1,x,2\n2,,\"\"\n3\n4,null,5"
    );
}

#[test]
fn constants_are_said_in_the_header() {
    assert_eq!(rows(r#"[{"id":1,"kind":"user"},{"id":2,"kind":"user"}]"#), "compact, 2 rows of (id,kind=user)]\n1\n2");
}

#[test]
fn strings_that_look_like_numbers_stay_strings() {
    assert_eq!(
        rows(r#"[{"id":1,"zip":"01234"},{"id":"2","zip":"null"},{"id":true,"zip":null}]"#),
        "compact, 3 rows of (id,zip:str)]\n1,01234\n\"2\",\"null\"\ntrue,null"
    );
}

#[test]
fn nested_objects_spread_and_own_keys_are_short() {
    assert_eq!(
        rows(r#"{"AB12":{"ref":"AB12","at":{"x":1,"y":2}},"CD34":{"ref":"CD34","at":{"x":3,"y":4}}}"#),
        "compact, 2 rows of *:(ref,at:(x,y)); @ = own key]\nAB12:@,1,2\nCD34:@,3,4"
    );
}

#[test]
fn a_list_under_a_key_has_a_row_a_line() {
    assert_eq!(
        rows(r#"{"total":2,"data":[{"id":1,"name":"a"},{"id":2,"name":"b"}]}"#),
        "compact, 1 shapes, 7 lines]\nA(id,name)\n{\ntotal:2\ndata:A[\n1,a\n2,b\n]\n}"
    );
}

#[test]
fn oddities_come_back() {
    for source in [
        "[]",
        "{}",
        "[[],{},[[]]]",
        r#"{"a":1,"a":2}"#,
        r#"[{"a":1,"a":2},{"a":1,"a":2}]"#,
        r#"[1.10,1e400,-0,12345678901234567890]"#,
        r#"["\u00e9","\/","\"","@x"," x ",""]"#,
        r#"[{"":1,":":2},{"":3,":":4}]"#,
        r#"[{"a,b":"@","c(":")"},{"a,b":"=","c(":"["}]"#,
        r#"{"node":{"next":{"next":{"next":null,"v":1},"v":2},"v":3},"v":4}"#,
        r#"[{"user":"user@x"},{"user":"userx"},{"user":"user"}]"#,
        r#"{"abcd":{"k":"@abcd","z":"abcd"},"efgh":{"k":"efghi","z":"efgh-"}}"#,
        r#"[{"a":{}},{"a":{"b":1}},{"a":{"b":2}}]"#,
        r#"[{"t":["1","2"]},{"t":[]},{"t":["null"]},{"t":null}]"#,
        r#"[{"t":{"k":"1"}},{"t":{}},{"t":{"m":"x","n":"null"}}]"#,
        r#"[{"str":"01"},{"str":"x"},{"str":"02"}]"#,
        "{\"a\":1}\n{\"a\":2}\n{\"a\":3}",
        "{\"a\": 1}\r\n{\"a\": 2}",
        "[\n  {\n    \"a\": []\n  },\n  {\n    \"a\": {}\n  }\n]",
    ] {
        assert!(!ways(source).is_empty(), "{source}");
    }
}

#[test]
fn irregular_space_is_left_alone() {
    for source in ["{ \"a\" :\n1.0 , \"b\": [ ] }", "{\"a\":1, \"b\":2}", "[\n 1,\n  2\n]"] {
        assert!(ways(source).is_empty(), "{source}");
    }
}

#[test]
fn documents_one_after_the_other_share_their_shapes() {
    for between in ["\n", "\r\n", " ", "", "\n\n"] {
        let source = [r#"{"id":1,"name":"Ada"}"#, r#"{"id":2,"name":"Bob"}"#].join(between);
        assert!(rows(&source).ends_with("compact, 2 rows of (id,name)]\n1,Ada\n2,Bob"), "{source}");
    }
}

#[test]
fn strings_that_are_said_often_get_a_number_when_asked() {
    let long = "a rather long sentence, which is said in many places";
    let items: Vec<String> = (0..6)
        .map(|id| format!(r#"{{"id":{id},"text":"{}","cost":"$1"}}"#, if id == 3 { "$1" } else { long }))
        .collect();
    let source = format!("[{}]", items.join(","));
    let dense = Json.write(&source, &Ask { dense: true, ..Ask::default() });
    let text = &dense.get(1).unwrap().text;
    assert!(text.starts_with(&format!("compact, 1 values, 6 rows of (id,text,cost=$1)]\n$1={long}\n0,$1\n")), "{text}");
    assert!(text.contains("\n3,\"$1\"\n"), "{text}");
    assert_eq!(Json.read(text, &mut Above::default()).unwrap().text, source);
}

#[test]
fn a_forged_header_is_an_error_and_never_a_panic() {
    let deep = format!("compact, 1 rows of {}", "(a:".repeat(100_000));
    let itself = "compact, 1 shapes, 1 rows of A]\nA(x:A)\n1";
    let chain: String = (0..5_000).map(|n| format!("N{n}(x:N{},y:N{})\n", n + 1, n + 1)).collect();
    let doubling = format!("compact, 5000 shapes, 1 rows of N0]\n{chain}1");
    for text in [
        "",
        "]",
        "compact",
        "compact, 9 rows of (a)]\n1",
        "compact, 1 rows of (a]\n1",
        "odd, 1 lines]\n1",
        &deep,
        itself,
        &doubling,
    ] {
        assert!(Json.read(text, &mut Above::default()).is_err(), "{text:.60}");
    }
}

fn lexeme() -> impl Strategy<Value = String> {
    prop_oneof![
        "(null|true|false|0|-0|1\\.10|1e9|[1-9][0-9]{0,20})",
        r#""(|[a-z]{1,8}|[0-9]{1,4}|[@,;:(){}= \[\]…|-]{0,4}|\\"|\\\\|\\u00e9|null|true|-?[0-9]e|key[a-z]?)""#,
    ]
}

fn json() -> impl Strategy<Value = String> {
    let key = || prop_oneof!["[a-d]", "key[a-d]", "[:,@(=)* ]{0,2}", r#"\\""#];
    lexeme().prop_recursive(6, 60, 6, move |inner| {
        let map = proptest::collection::vec((key(), inner.clone()), 0..6).prop_map(|entries| {
            let entries: Vec<String> = entries.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
            format!("{{{}}}", entries.join(","))
        });
        let rows = (
            proptest::collection::vec(key(), 1..4),
            proptest::collection::vec(proptest::collection::vec(inner.clone(), 4), 1..6),
        )
            .prop_map(|(keys, rows)| {
                let row = |values: &Vec<String>| {
                    let cells: Vec<String> =
                        keys.iter().zip(values).map(|(key, value)| format!("\"{key}\":{value}")).collect();
                    format!("{{{}}}", cells.join(","))
                };
                format!("[{}]", rows.iter().map(row).collect::<Vec<_>>().join(","))
            });
        let list = proptest::collection::vec(inner, 0..6).prop_map(|items| format!("[{}]", items.join(",")));
        prop_oneof![map, rows, list]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn every_document_comes_back_in_every_way(source in json()) {
        ways(&source);
    }

    #[test]
    fn a_damaged_block_never_panics(source in json(), at in any::<prop::sample::Index>(), sign in r#"[,;{}\[\]@:"()\n1]"#) {
        for rewrite in Json.write(&source, &Ask::default()) {
            let mut text: Vec<char> = rewrite.text.chars().collect();
            let place = at.index(text.len());
            text[place] = sign.chars().next().unwrap();
            let _ = Json.read(&text.into_iter().collect::<String>(), &mut Above::default());
        }
    }
}

/// Documents that would cost quadratic time if a bound were missing; they end in a second or not at all.
#[test]
fn wild_documents_are_written_in_linear_time() {
    let every = |count: usize, row: &dyn Fn(usize) -> String| {
        format!("[{}]", (0..count).map(row).collect::<Vec<_>>().join(","))
    };
    let keys = |from: usize, count: usize| {
        let entries: Vec<String> = (from..from + count).map(|key| format!("\"k{key}\":{key}")).collect();
        format!("{{{}}}", entries.join(","))
    };
    for source in [
        every(20_000, &|n| format!("{{\"a{n}\":1,\"b{n}\":2}}")),
        every(20_000, &|n| format!("{{\"a\":1,\"b{n}\":2}}")),
        every(20_000, &|n| format!("{{\"a\":1,\"b{n}\":2,\"z\":3}}")),
        every(2_000, &|n| keys(n, 100)),
        every(20, &|_| keys(0, 10_000)),
        every(1_000, &|n| {
            if n < 2 { format!("{{\"b\":1,\"a\":{}}}", keys(0, 10_000)) } else { "{\"b\":1}".to_owned() }
        }),
        every(1_000, &|n| {
            if n < 2 { format!("{{\"a\":{},\"b\":1}}", keys(0, 10_000)) } else { "{\"b\":1}".to_owned() }
        }),
        keys(0, 200_000),
    ] {
        let longest = ways(&source).iter().map(String::len).max().unwrap();
        assert!(longest < 2 * source.len(), "{source:.80}: {longest} of {}", source.len());
    }
}

#[test]
fn the_documented_example_reads_as_said() {
    let block = "indent 2, 1 shapes, 3 rows of (id,name,zip:str,at:(x,y),tags:[str],kind=user,boss:A)]\nA(login,mail)\n\
        1,Ada,01234,3,4,[],ada,a@x.org\n2,Bob,,1,2,[\"a,b\",c],,\n3,\"Eve, the third\",99999,0,0\n";
    let source = Json.read(block, &mut Above::default()).unwrap().text;
    let tight: String = source.split("\n").map(str::trim_start).collect::<String>().replace("\": ", "\":");
    assert_eq!(
        tight,
        concat!(
            r#"[{"id":1,"name":"Ada","zip":"01234","at":{"x":3,"y":4},"tags":[],"kind":"user","#,
            r#""boss":{"login":"ada","mail":"a@x.org"}},"#,
            r#"{"id":2,"name":"Bob","at":{"x":1,"y":2},"tags":["a,b","c"],"kind":"user"},"#,
            r#"{"id":3,"name":"Eve, the third","zip":"99999","at":{"x":0,"y":0},"kind":"user"}]"#
        )
    );
}
