#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use proptest::prelude::*;

use super::*;
use crate::controls::reorders;

/// Each row as its address, or what stands in its place, and its name.
fn listed(bytes: &[u8]) -> Vec<(String, Option<String>)> {
    read(bytes)
        .unwrap()
        .people
        .into_iter()
        .map(|row| {
            let address = row.email.map_or(row.raw, |email| email.to_string());
            (address, row.name.map(|name| name.to_string()))
        })
        .collect()
}

fn row(address: &str, name: &str) -> (String, Option<String>) {
    (
        address.to_owned(),
        (!name.is_empty()).then(|| name.to_owned()),
    )
}

fn utf_16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let units = mark
        .then_some(0xfeff)
        .into_iter()
        .chain(text.encode_utf16());
    let bytes = |unit: u16| {
        if little {
            unit.to_le_bytes()
        } else {
            unit.to_be_bytes()
        }
    };
    units.flat_map(bytes).collect()
}

#[test]
fn every_encoding_that_excel_writes_is_read() {
    let text = "E-Mail;Name\r\njoerg@acme.example;Jörg Öhm\r\n";
    let expected = [row("joerg@acme.example", "Jörg Öhm")];
    let latin_1: Vec<u8> = text.chars().map(|c| u8::try_from(c).unwrap()).collect();
    let with_mark = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
    for bytes in [
        text.as_bytes().to_vec(),
        with_mark,
        latin_1,
        utf_16(text, true, true),
        utf_16(text, false, true),
        utf_16(text, true, false),
        utf_16(text, false, false),
    ] {
        assert_eq!(listed(&bytes), expected, "{bytes:?}");
    }
}

#[test]
fn every_separator_is_found_and_a_quoted_one_separates_nothing() {
    for text in [
        "email,name\nann@acme.example,\"Ash, Ann; B.\"\n",
        "email;name\nann@acme.example;\"Ash, Ann; B.\"\n",
        "email\tname\nann@acme.example\t\"Ash, Ann; B.\"\n",
        "sep=|\nemail|name\nann@acme.example|Ash, Ann; B.\n",
    ] {
        assert_eq!(
            listed(text.as_bytes()),
            [row("ann@acme.example", "Ash, Ann; B.")],
            "{text}"
        );
    }
    let quoted = "email,name\n\"ann@acme.example\",\"Ann \"\"the\"\"\nAsh\"\n";
    assert_eq!(
        listed(quoted.as_bytes()),
        [row("ann@acme.example", "Ann \"the\" Ash")]
    );
}

#[test]
fn a_header_is_understood_in_two_languages_or_done_without() {
    for text in [
        "First name,Last name,Department,E-mail address\nAnn,Ash,Sales,ann@acme.example",
        "Nachname;Abteilung;Vorname;E-Mail-Adresse\nAsh;Vertrieb;Ann;ann@acme.example",
        "Name;Vorname;Mail\nAsh;Ann;ann@acme.example",
        "Ann Ash,ann@acme.example",
        "ann@acme.example;Ann;Ash",
    ] {
        assert_eq!(
            listed(text.as_bytes()),
            [row("ann@acme.example", "Ann Ash")],
            "{text}"
        );
    }
    let many = "x,Ann,Ash,ann@acme.example\ny,Bob,Birch,bob@acme.example";
    assert_eq!(
        listed(many.as_bytes()),
        [row("ann@acme.example", ""), row("bob@acme.example", "")]
    );
}

#[test]
fn a_list_copied_from_a_mail_program_is_read() {
    let text = "Ann Ash <ann@acme.example>; \"Birch, Bob\" <bob@acme.example>; cy@acme.example";
    assert_eq!(
        listed(text.as_bytes()),
        [
            row("ann@acme.example", "Ann Ash"),
            row("bob@acme.example", "Birch, Bob"),
            row("cy@acme.example", ""),
        ]
    );
    let plain = "ann@acme.example\n\n  bob@acme.example  \nmailto:cy@acme.example\n";
    assert_eq!(listed(plain.as_bytes()).len(), 3);
}

#[test]
fn a_row_without_an_address_is_kept_to_be_judged() {
    let text = "email,name\nann at acme,Ann\n,Bob Birch\ncy@acme.example,Cy\n";
    assert_eq!(
        listed(text.as_bytes()),
        [
            row("ann at acme", "Ann"),
            row("Bob Birch", "Bob Birch"),
            row("cy@acme.example", "Cy"),
        ]
    );
}

#[test]
fn hostile_cells_lose_what_could_harm() {
    let text = "email,name\nann@acme.example,\u{202e}nnA\0\n=cmd()|'x'!A1,x\n\
                <script>@acme.example,y\n";
    assert_eq!(
        listed(text.as_bytes()),
        [
            row("ann@acme.example", "\u{fffd}nnA\u{fffd}"),
            row("=cmd()|'x'!A1", "x"),
            row("<script>@acme.example", "y"),
        ]
    );
    let long = format!("{}@acme.example,{}", "a".repeat(10_000), "n".repeat(10_000));
    let read = read(long.as_bytes()).unwrap().people;
    assert_eq!(read[0].raw.chars().count(), 320);
    assert_eq!(read[0].name.as_ref().unwrap().as_str().len(), 200);
}

#[test]
fn what_is_no_list_is_refused_with_the_reason() {
    assert_eq!(read(b"").unwrap_err(), Unreadable::Empty);
    assert_eq!(read(b"\n \n;;\n").unwrap_err(), Unreadable::Empty);
    assert_eq!(
        read(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap_err(),
        Unreadable::NoAddress
    );
    let many = "a@acme.example\n".repeat(MAX_ROWS);
    assert_eq!(read(many.as_bytes()).unwrap().people.len(), MAX_ROWS);
    let more = format!("email\n{many}b@acme.example\n");
    assert_eq!(read(more.as_bytes()).unwrap_err(), Unreadable::TooManyRows);
}

/// A table with one person in the right place and people in the wrong ones.
fn others_are_left_out(header: &str, row_of_ann: &str, column: &str) {
    let text = format!("{header}\n{row_of_ann}\n");
    let read = read(text.as_bytes()).unwrap_or_else(|why| panic!("{header}: {why:?}"));
    let read: Vec<_> = read
        .people
        .iter()
        .map(|person| person.email.as_ref().map(ToString::to_string))
        .zip(std::iter::repeat(
            read.column.as_ref().map(ToString::to_string),
        ))
        .collect();
    let ann = Ok("ann@acme.example".to_owned());
    assert_eq!(read, [(ann.clone(), Some(column.to_owned()))], "{header}");
}

#[test]
fn a_header_names_the_one_column_that_addresses_are_taken_from() {
    for (header, row, column) in [
        (
            "Name,Email,Manager Email",
            "Ann,ann@acme.example,boss@acme.example",
            "2: Email",
        ),
        (
            "Manager Email,Name,Email",
            "boss@acme.example,Ann,ann@acme.example",
            "3: Email",
        ),
        (
            "First Name [Required],Last Name [Required],Email Address [Required],Recovery Email,Work Secondary Email",
            "Ann,Ash,ann@acme.example,ann@home.test,ash@acme.example",
            "3: Email Address [Required]",
        ),
        (
            "displayName;userPrincipalName;mail;proxyAddresses;otherMails",
            "Ann;ann_1@acme.test;ann@acme.example;SMTP:ann@acme.example+smtp:a@acme.test;x@home.test",
            "3: mail",
        ),
        (
            "User principal name\tDisplay name\tAlternate email address",
            "ann@acme.example\tAnn\tann@home.test",
            "1: User principal name",
        ),
        (
            "Name [displayName] Required,User name [userPrincipalName] Required,Manager [manager]",
            "Ann,ann@acme.example,boss@acme.example",
            "2: User name [userPrincipalName] Required",
        ),
        (
            "login,firstName,lastName,email,secondEmail,manager",
            "ash@acme.test,Ann,Ash,ann@acme.example,ann@home.test,boss@acme.example",
            "4: email",
        ),
        (
            "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email",
            "Ann,Ash,Ann Ash,,ann@acme.example,ann@home.test",
            "5: Primary Email",
        ),
        (
            "Name,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value",
            "Ann,* Work,ann@acme.example,Home,ann@home.test",
            "3: E-mail 1 - Value",
        ),
        (
            "First Name,Last Name,E-mail Address,E-mail 2 Address,Assistant's Email,Notes",
            "Ann,Ash,ann@acme.example,ann@home.test,x@acme.example,Sent by y@acme.example",
            "3: E-mail Address",
        ),
        (
            "Name;E-Mail;Vorgesetzte (E-Mail)",
            "Ann;ann@acme.example;boss@acme.example",
            "2: E-Mail",
        ),
        (
            "Work email,Personal email",
            "ann@acme.example,ann@home.test",
            "1: Work email",
        ),
        ("Email,Email", "ann@acme.example,ann@home.test", "1: Email"),
        (
            "Email,Sent by",
            "ann@acme.example,boss@acme.example",
            "1: Email",
        ),
        (
            "Staff e-mail;Manager e-mail",
            "ann@acme.example;boss@acme.example",
            "1: Staff e-mail",
        ),
    ] {
        others_are_left_out(header, row, column);
    }
    // The best-known column is empty throughout, and the next one is not.
    others_are_left_out(
        "Email;Login;Boss",
        ";ann@acme.example;b@acme.example",
        "2: Login",
    );
}

#[test]
fn a_row_whose_own_address_is_missing_invites_nobody_else() {
    let text = "Name,Email,Manager Email\nAnn,,boss@acme.example\nBob,bob@acme.example,boss@acme.example\n\
                ,,boss@acme.example\n";
    let people = read(text.as_bytes()).unwrap().people;
    let valid: Vec<_> = people
        .iter()
        .filter_map(|p| p.email.as_ref().ok())
        .collect();
    assert_eq!(people.len(), 3);
    assert_eq!(valid, [&"bob@acme.example".parse().unwrap()]);
}

#[test]
fn a_header_that_names_only_others_asks_which_column_is_meant() {
    for text in [
        "Name,Manager Email\nAnn,boss@acme.example\n",
        "Name;Recovery email;Sent by\nAnn;ann@home.test;boss@acme.example\n",
        "Name,Email,Manager Email\nAnn,,boss@acme.example\n",
        "Nom;Adresse e-mail du responsable\nAnn;boss@acme.example\n",
    ] {
        assert_eq!(read(text.as_bytes()), Err(Unreadable::NoColumn), "{text}");
    }
}

#[test]
fn a_header_is_understood_as_exports_have_it_in_many_languages() {
    for header in [
        "Prénom,Nom,Adresse e-mail",
        "Prénom,Nom,Courriel",
        "Pre\u{301}nom,Nom,Adresse de messagerie",
        "Nombre,Apellidos,Correo electrónico",
        "Nombre,Apellidos,Dirección de correo electrónico",
        "Nome,Cognome,Indirizzo e-mail",
        "Nome,Cognome,Posta elettronica",
        "Voornaam,Achternaam,E-mailadres",
        "Imię,Nazwisko,Adres e-mail",
        "Vorname,Nachname,E-Mail-Adresse",
        "Vorname,Familienname,E-Mail (geschäftlich)",
        "Given Name,Family Name,E-mail 1 - Value",
        "First Name [Required],Last Name [Required],Email Address [Required]",
        "user.firstName,user.lastName,user.email",
        "FIRST NAME,LAST NAME,E-MAIL ADDRESS",
        "\u{feff}First name\u{200b},Last\u{a0}name,\u{200b}Email\u{ad}",
    ] {
        let text = format!("{header},Team\nAnn,Ash,ann@acme.example,Sales\n");
        assert_eq!(
            listed(text.as_bytes()),
            [row("ann@acme.example", "Ann Ash")],
            "{header}"
        );
    }
}

#[test]
fn the_comma_of_a_name_belongs_to_the_name() {
    let ann = row("ann@acme.example", "Ash, Ann");
    let bob = row("bob@acme.example", "Birch, Bob");
    for text in [
        "Ash, Ann <ann@acme.example>\nBirch, Bob <bob@acme.example>\n",
        "Ash, Ann <ann@acme.example>, Birch, Bob <bob@acme.example>",
        "Ash, Ann <ann@acme.example>; Birch, Bob <bob@acme.example>;",
        "\"Ash, Ann\" <ann@acme.example>, \"Birch, Bob\" <bob@acme.example>",
        "'Ash, Ann' <ann@acme.example>;\n'Birch, Bob' <bob@acme.example>;\n",
        "Name,Email\nAsh, Ann,ann@acme.example\nBirch, Bob,bob@acme.example\n",
    ] {
        assert_eq!(
            listed(text.as_bytes()),
            [ann.clone(), bob.clone()],
            "{text}"
        );
    }
}

#[test]
fn what_stands_around_an_address_does_not_belong_to_it() {
    for cell in [
        "'ann@acme.example'",
        "'ann@acme.example",
        "\u{2018}ann@acme.example\u{2019}",
        "<ann@acme.example>",
        "<mailto:ann@acme.example>",
        "MAILTO:ann@acme.example?subject=Hello",
        "SMTP:ann@acme.example",
        "\u{200b}ann@acme.example",
        "\u{feff}ann@acme.example",
        "\u{a0}ann@acme.example\u{a0}",
        "ann\u{ad}@acme.example",
        "ann@acme\u{200b}.example\u{200d}",
        "\u{202a}ann@acme.example\u{202c}",
        "ann@acme.example;",
        " ann@acme.example. ",
    ] {
        let text = format!("{cell}\nbob@acme.example");
        let expected = [row("ann@acme.example", ""), row("bob@acme.example", "")];
        assert_eq!(listed(text.as_bytes()), expected, "{cell:?}");
    }
    for cell in [
        "Ann Ash ann@acme.example",
        "ann@acme.example (Ann Ash)",
        "Ann Ash [mailto:ann@acme.example]",
        "'Ann Ash' <'ann@acme.example'>",
        "Ann\u{a0}Ash\u{a0}<ann@acme.example>",
    ] {
        assert_eq!(
            listed(cell.as_bytes()),
            [row("ann@acme.example", "Ann Ash")],
            "{cell:?}"
        );
    }
    // A no-break space keeps what stands before an address apart from it.
    assert_eq!(
        listed("Ann\u{a0}ann@acme.example".as_bytes()),
        [row("ann@acme.example", "Ann")]
    );
    let prose = "Could you please let ann@acme.example in, and the others as well";
    assert!(
        read(prose.as_bytes())
            .unwrap()
            .people
            .iter()
            .all(|p| p.email.is_err())
    );
}

#[test]
fn every_line_end_and_every_utf_16_is_read() {
    let expected = [
        row("ann@acme.example", "Ann"),
        row("bob@acme.example", "Bob"),
    ];
    for end in ["\r", "\n", "\r\n", "\u{2028}", "\u{85}"] {
        let text = format!("Name;Email{end}Ann;ann@acme.example{end}Bob;bob@acme.example{end}");
        for bytes in [
            text.as_bytes().to_vec(),
            utf_16(&text, true, true),
            utf_16(&text, false, true),
            utf_16(&text, true, false),
        ] {
            assert_eq!(listed(&bytes), expected, "{end:?}");
        }
    }
    let names = "Имя;Email\nАнна Иванова-Петрова;ann@acme.example\n";
    assert_eq!(listed(&utf_16(names, true, false)).len(), 1);
}

#[test]
fn notes_above_a_table_change_neither_its_separator_nor_its_columns() {
    let table = "Name;Email;Manager Email\nAnn;ann@acme.example;boss@acme.example\n";
    for note in [
        "sep=;\n",
        "\"sep=;\"\n",
        "SEP=;\r\n",
        "sep=,\n",
        "# People of Acme, made by a program, on a Monday\n",
        "# Sent by lena@acme.example\n",
        "People of Acme, of Globex, and of Initech\n\n",
        "Exported by:,lena@acme.example\n",
        "Mailing list, May 2026\n",
        "Account;Acme\nCreated;2026-11-30\n\n",
    ] {
        let text = format!("{note}{table}");
        assert_eq!(
            listed(text.as_bytes()),
            [row("ann@acme.example", "Ann")],
            "{note}"
        );
    }
    // What is no note is not lost.
    let list = "# Acme\nzoe@acme.example\n#1@acme.example\nann@acme.example\n";
    assert_eq!(listed(list.as_bytes()).len(), 3);
}

#[test]
fn a_table_without_a_header_has_one_person_a_row_and_says_whose_column_that_is() {
    let text = "Ann,ann@acme.example,boss@acme.example\nBob,bob@acme.example,boss@acme.example\n";
    let read_ = read(text.as_bytes()).unwrap();
    assert_eq!(read_.column.unwrap().as_str(), "2");
    assert_eq!(
        listed(text.as_bytes()),
        [
            row("ann@acme.example", "Ann"),
            row("bob@acme.example", "Bob")
        ]
    );
    let recipients = "ann@acme.example; Bob <bob@acme.example>\ncy@acme.example; dee@acme.example";
    assert_eq!(listed(recipients.as_bytes()).len(), 4);
    let unresolved = "Ann Ash; Bob <bob@acme.example>; cy@acme.example";
    assert_eq!(
        listed(unresolved.as_bytes()),
        [
            row("Ann Ash", ""),
            row("bob@acme.example", "Bob"),
            row("cy@acme.example", "")
        ]
    );
}

proptest! {
    #[test]
    fn a_table_never_has_more_people_than_rows(
        rows in proptest::collection::vec("[a-z]{1,4}@[a-z]{1,4}\\.example|[a-z]{0,4}", 3..60),
        header in "(Name,Email,Manager Email|Email,Recovery email,Notes|Login,Email,Sent by)",
    ) {
        let rows: Vec<_> = rows.chunks_exact(3).map(|row| row.join(",")).collect();
        let text = format!("{header}\n{}\n", rows.join("\n"));
        let people = read(text.as_bytes()).map(|listed| listed.people).unwrap_or_default();
        prop_assert!(people.len() <= rows.len());
    }

    #[test]
    fn nothing_makes_it_panic_or_shows_a_control_character(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        text in "[a-z@;,\t\"\n<>=\u{202e}\u{0}é]{0,200}",
    ) {
        for input in [bytes.as_slice(), text.as_bytes()] {
            for row in read(input).map(|listed| listed.people).unwrap_or_default() {
                prop_assert!(!row.raw.chars().any(|c| c.is_control() || reorders(c)));
            }
        }
    }
}
