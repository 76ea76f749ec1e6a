//! The lead's console in German.

use app::console::{Kind, Order};
use domain::{
    Action, Code, Refusal,
    customer::Suppression,
    membership::{ClosedReason, OffboardReason},
};

use crate::words::{
    Notice,
    console::{Consequences, Console, Done, Names, Row, Wrong},
};

pub(super) const CONSOLE: Console = Console {
    people: "Personen",
    invite: "Einladen",
    invite_many: "Viele einladen",
    review: "Überprüfung",
    history: "Verlauf",

    person: "Person",
    name: "Name",
    email: "E-Mail-Adresse",
    role: "Rolle",
    lead: "Ansprechperson",
    member: "Mitglied",
    you: "Sie",
    state: "Stand",
    last_active: "Zuletzt aktiv",
    never: "noch nie",
    invited_by: "Eingeladen von",
    administrator: "den Betreibern",
    system: "einem verbundenen System",
    since: "Seit",
    until: "bis",
    answer_by: "Antwort bis",
    access_ends: "Zugang endet",
    undo_until: "Rückgängig bis",
    no_mail: "E-Mails kommen nicht an",
    stopped: |why| match why {
        Suppression::Bounce => {
            "E-Mails an diese Adresse kamen zurück. Es wird nichts mehr dorthin gesandt, und niemand \
             verliert den Zugang, weil eine Antwort ausbleibt."
        }
        Suppression::Listed => {
            "Das Mailsystem sendet nichts an diese Adresse, und niemand verliert den Zugang, weil eine \
             Antwort ausbleibt."
        }
        Suppression::Complaint => {
            "Eine E-Mail an diese Adresse wurde als Spam gemeldet. E-Mails zu Anfragen gehen nicht mehr \
             dorthin, solche zum Zugang schon. Wer sie liest, kann das im Profil zurücknehmen oder \
             die Administration bitten."
        }
    },
    mail_works: "E-Mails an diese Adresse kommen wieder an",
    mail_works_hint: "Versuchen Sie es, wenn das Postfach wieder geht. Kommt noch einmal etwas zurück, erfahren Sie es.",
    exempt: "Wird nie wegen Inaktivität entfernt.",
    kind,
    left,
    closed,

    people_of: |org| format!("Personen bei {org}"),
    seats: |used, cap| format!("{used} von {cap} Plätzen belegt"),
    no_seat: "Alle Plätze sind belegt. Erst wenn jemand geht, kann wieder jemand eingeladen werden.",
    search: "Name oder Adresse",
    everybody: "Alle",
    show: "Anzeigen",
    order: "Reihenfolge",
    ordered,
    apply: "Anwenden",
    found: |found| match found {
        1 => "1 Person".to_owned(),
        found => format!("{found} Personen"),
    },
    nobody_found: "Niemand wurde gefunden.",
    show_all: "Alle anzeigen",
    csv: "Als CSV herunterladen",
    page: |page, pages| format!("Seite {page} von {pages}"),
    other_pages: "Weitere Seiten",
    previous: "Vorige Seite",
    next: "Nächste Seite",
    review_waits: "Sie werden gefragt, wer von diesen Personen noch dazugehört.",
    to_review: "Zur Überprüfung",

    what_now: "Was Sie tun können",
    nothing_to_do: "Hier ist nichts mehr zu tun. Eine Einladung lässt diese Person wieder herein.",
    off_board: "Abmelden",
    restore: "Abmeldung rückgängig machen",
    restore_hint: "Der Zugang kommt zurück und belegt einen Platz. Frühere Links bleiben ungültig; ein neuer wird gesandt.",
    resend: "Einladung noch einmal senden",
    resend_hint: "Die Frist zum Antworten beginnt von vorn.",
    withdraw: "Einladung zurückziehen",
    withdraw_hint: "Der Link in der E-Mail endet, und der Platz wird frei.",
    keep: "Zugang behalten",
    keep_hint: "Sie sagen, dass der Zugang noch gebraucht wird. Eine Warnung gilt dann nicht mehr.",
    cancel_leaving: "Weggang absagen",
    make_lead: "Zur Ansprechperson machen",
    make_lead_hint: "Eine Ansprechperson kümmert sich um die Personen hier, so wie Sie.",
    make_member: "Rolle als Ansprechperson beenden",
    make_member_hint: "Der Zugang bleibt. Der Link zu diesen Seiten endet.",
    step_down: "Nicht mehr Ansprechperson sein",
    step_down_hint: "Sie behalten Ihren Zugang. Diese Seiten schließen sofort.",
    make_exempt: "Nie wegen Inaktivität entfernen",
    make_exempt_hint: "Für alle, die aus gutem Grund lange nichts von sich hören lassen. Es wird niemand gewarnt, \
                       und der Zugang bleibt.",
    make_not_exempt: "Inaktivität wieder zählen lassen",
    make_not_exempt_hint: "Wer lange nichts von sich hören lässt, wird gewarnt und dann entfernt.",
    last_lead: "Nur Sie sind Ansprechperson. Machen Sie erst jemand anderen dazu, bevor Sie gehen oder die Rolle abgeben.",
    extend: "Ende des Zugangs verschieben",
    extend_hint: "Der Zugang endet mit Ablauf dieses Tages. Ohne Datum hat er kein Ende.",
    last_day: "Letzter Tag",
    set_date: "Festlegen",
    invite_again: "Wieder einladen",
    back_to_people: "Zurück zu den Personen",
    stepped_down: Notice {
        title: "Sie sind nicht mehr Ansprechperson",
        says: &[
            "Ihr eigener Zugang bleibt. Diese Seiten sind für Sie geschlossen, und ihre Links haben geendet.",
        ],
    },

    gone: Notice {
        title: "Sie haben keinen Zugang mehr",
        says: &[
            "Sie haben Ihren eigenen Zugang beendet. Eine andere Ansprechperson kann das rückgängig machen.",
        ],
    },

    off_board_who: |who| format!("{who} abmelden"),
    what_happens: "Was geschehen wird",
    happens,
    when: "Wann",
    now: "Jetzt",
    on_a_date: "An einem Tag",
    date_hint: "Der Zugang endet mit Ablauf dieses Tages.",
    why: "Warum",
    why_left: "Die Person hat die Organisation verlassen",
    why_not_needed: "Die Person braucht keinen Zugang mehr",
    why_lead: "Ein anderer Grund",
    hand_over: "Wer offene Anfragen übernimmt",
    hand_over_hint: "Die Adresse einer Kollegin oder eines Kollegen. Ohne Angabe bleiben die Anfragen unter dem bisherigen Namen offen.",
    end_access: "Zugang beenden",
    cancel: "Abbrechen",

    invite_title: |org| format!("Jemanden zu {org} einladen"),
    domains: |domains| format!("Adressen in: {domains}"),
    left_today: |left| match left {
        1 => "Heute kann noch 1 Person eingeladen werden.".to_owned(),
        left => format!("Heute können noch {left} Personen eingeladen werden."),
    },
    optional: "freiwillig",
    access_until: "Letzter Tag des Zugangs",
    access_until_hint: "Der Zugang endet von selbst mit Ablauf dieses Tages. Ohne Datum hat er kein Ende.",
    note: "Ein Wort von Ihnen",
    note_hint: "Es steht in der E-Mail.",
    send_invitation: "Einladung senden",
    many_lead: "Bringen Sie eine Liste von bis zu 1.000 Personen, als Datei oder eingefügt. Sie sehen, was aus jeder Zeile würde, bevor jemand eingeladen wird.",
    file: "Datei",
    file_hint: "CSV, wie Excel und andere es speichern, bis 1 MiB: eine Person je Zeile, mit E-Mail-Adresse und, wenn Sie mögen, Name.",
    paste: "Oder die Liste einfügen",
    paste_hint: "Eine Person je Zeile, oder Zellen aus einer Tabelle.",
    preview: "Liste prüfen",

    preview_title: |rows| match rows {
        1 => "Liste prüfen: 1 Zeile".to_owned(),
        rows => format!("Liste prüfen: {rows} Zeilen"),
    },
    preview_lead: |invited| match invited {
        1 => "1 Person würde eingeladen. Noch ist es niemand.".to_owned(),
        invited => format!("{invited} Personen würden eingeladen. Noch ist es niemand."),
    },
    preview_none: "Niemand auf dieser Liste würde eingeladen. Die Zeilen sagen, warum.",
    working_title: |done, of| format!("{done} von {of} Zeilen erledigt"),
    working_lead: "Was erledigt ist, bleibt erledigt. Fahren Sie mit dem Rest fort.",
    report_title: "Die Liste ist erledigt",
    report_lead: |invited, of| match invited {
        1 => format!("1 Person wurde eingeladen, von {of} Zeilen."),
        invited => format!("{invited} Personen wurden eingeladen, von {of} Zeilen."),
    },
    start: |invited| match invited {
        1 => "1 Person einladen".to_owned(),
        invited => format!("{invited} Personen einladen"),
    },
    go_on: "Fortfahren",
    try_again: |rows| match rows {
        1 => "1 abgelehnte Zeile noch einmal versuchen".to_owned(),
        rows => format!("{rows} abgelehnte Zeilen noch einmal versuchen"),
    },
    another_list: "Eine andere Liste bringen",
    from_file: "Datei",
    from_column: "Die Adressen stammen aus Spalte",
    row: "Zeile",
    result: "Ergebnis",
    rows: "Die Zeilen",
    would_be: |row| match row {
        Row::Invited => "würde eingeladen",
        Row::Asked => "ein Administrator würde gefragt",
        Row::AlreadyHere
        | Row::Duplicate
        | Row::Malformed
        | Row::Outside
        | Row::OverCap
        | Row::DailyLimit
        | Row::Other => became(row),
    },
    became,

    review_of: |org| format!("Wer gehört noch zu {org}?"),
    review_lead: "Sagen Sie von jeder Person, ob sie ihren Zugang behält. Jede Antwort gilt sofort; Sie können an einem anderen Tag weitermachen.",
    review_progress: |done, of| format!("{done} von {of} beantwortet"),
    review_nothing: "Zurzeit ist niemand zu bestätigen.",
    review_finished: "Die letzte Überprüfung wurde abgeschlossen",
    review_next: "Sie werden wieder gefragt",
    keep_one: "Behalten",
    remove_one: "Entfernen",
    keep_all: |people| format!("Alle {people} hier gezeigten behalten"),
    answer: "Antwort",

    history_of: |org| format!("Was bei {org} geschah"),
    month: |year, month| format!("{} {year}", super::month(month)),
    nothing_happened: "In diesem Monat geschah nichts.",
    older: "Ältere Einträge",
    earlier_month: "Der Monat davor",
    later_month: "Der Monat danach",
    happened,

    done,
    refused,
    wrong,
};

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Active => "Hat Zugang",
        Kind::Warned => "Still, wurde gewarnt",
        Kind::Leaving => "Zugang endet an einem Tag",
        Kind::Invited => "Eingeladen",
        Kind::Proposed => "Wartet auf einen Administrator",
        Kind::OffBoarded => "Abgemeldet",
        Kind::Closed => "Einladung ohne Ergebnis",
    }
}

fn left(why: OffboardReason) -> &'static str {
    match why {
        OffboardReason::Left => "hat die Organisation verlassen",
        OffboardReason::NotNeeded => "braucht keinen Zugang mehr",
        OffboardReason::Lead => "eine Ansprechperson hat den Zugang beendet",
        OffboardReason::Policy => "eine Regel hat den Zugang beendet",
        OffboardReason::Inactive => "war zu lange still",
        OffboardReason::Expired => "der Zugang endete an seinem Tag",
    }
}

fn closed(why: ClosedReason) -> &'static str {
    match why {
        ClosedReason::Declined => "abgelehnt",
        ClosedReason::Withdrawn => "zurückgezogen",
        ClosedReason::Expired => "nicht rechtzeitig beantwortet",
        ClosedReason::Refused => "von einem Administrator abgelehnt",
    }
}

fn ordered(order: Order) -> &'static str {
    match order {
        Order::Name => "Nach Name",
        Order::Silent => "Am längsten still zuerst",
        Order::Recent => "Zuletzt aktiv zuerst",
        Order::Newest => "Zuletzt geändert zuerst",
        Order::InvitedBy => "Nach einladender Person",
    }
}

fn happens(of: &Consequences<'_>) -> Vec<String> {
    let requests = match of.open_requests {
        0 => "Die Person hat hier keine offenen Anfragen.".to_owned(),
        1 => {
            "Die Person hat hier 1 offene Anfrage. Nennen Sie unten, wer sie übernimmt.".to_owned()
        }
        many => format!(
            "Die Person hat hier {many} offene Anfragen. Nennen Sie unten, wer sie übernimmt."
        ),
    };
    vec![
        "Der Zugang endet, alle ihre Links werden ungültig, und der Platz wird frei.".to_owned(),
        requests,
        format!(
            "Jetzt getan, lässt es sich bis {} rückgängig machen.",
            of.undo_until
        ),
        "Keine Domain-Regel lässt sie von selbst wieder herein, nur eine Einladung.".to_owned(),
    ]
}

fn became(row: Row) -> &'static str {
    match row {
        Row::Invited => "eingeladen",
        Row::Asked => "ein Administrator ist gefragt",
        Row::AlreadyHere => "ist schon hier",
        Row::Duplicate => "steht in einer früheren Zeile",
        Row::Malformed => "keine E-Mail-Adresse",
        Row::Outside => "außerhalb Ihrer Domains",
        Row::OverCap => "kein Platz frei",
        Row::DailyLimit => "über der heutigen Grenze",
        Row::Other => "jetzt nicht möglich",
    }
}

fn happened(action: Action, names: &Names<'_>) -> String {
    let Names { actor, subject } = names;
    match action {
        Action::MemberInvited => format!("{actor} hat {subject} eingeladen"),
        Action::ExceptionAsked => {
            format!("{actor} hat die Administratoren gebeten, {subject} einladen zu dürfen")
        }
        Action::ExceptionRefused => format!("{actor} hat abgelehnt, {subject} einzuladen"),
        Action::InvitationReminded => format!("{subject} wurde an die Einladung erinnert"),
        Action::InvitationResent => {
            format!("{actor} hat {subject} die Einladung noch einmal gesandt")
        }
        Action::InvitationAccepted => format!("{subject} hat die Einladung angenommen"),
        Action::InvitationDeclined => format!("{subject} hat die Einladung abgelehnt"),
        Action::InvitationWithdrawn => {
            format!("{actor} hat die Einladung von {subject} zurückgezogen")
        }
        Action::InvitationExpired => format!("Die Einladung von {subject} ist verfallen"),
        Action::MemberJoined => format!("{subject} ist mit einer Anfrage beigetreten"),
        Action::MemberWarned => format!("{subject} wurde gewarnt, weil es still war"),
        Action::MemberReminded => format!("{subject} wurde erinnert, dass der Zugang endet"),
        Action::MemberKept => format!("{actor} hat den Zugang von {subject} behalten"),
        Action::MemberOffboarded => format!("{actor} hat {subject} abgemeldet"),
        Action::OffboardingScheduled => format!("{actor} hat den Weggang von {subject} geplant"),
        Action::OffboardingCancelled => format!("{actor} hat den Weggang von {subject} abgesagt"),
        Action::MemberRestored => {
            format!("{actor} hat die Abmeldung von {subject} rückgängig gemacht")
        }
        Action::RecordReduced => format!("Was von {subject} aufbewahrt war, wurde verringert"),
        Action::AccessExtended => {
            format!("{actor} hat das Ende des Zugangs von {subject} verschoben")
        }
        Action::RoleChanged => format!("{actor} hat die Rolle von {subject} geändert"),
        Action::LeadAppointed => format!("{actor} hat {subject} zur Ansprechperson ernannt"),
        Action::ReviewAsked => {
            "Die Ansprechpersonen wurden gefragt, wer noch dazugehört".to_owned()
        }
        Action::ReviewFinished => format!("{actor} hat die Überprüfung abgeschlossen"),
        Action::ExemptionChanged => {
            format!("{actor} hat geändert, ob {subject} wegen Inaktivität entfernt werden kann")
        }
        Action::RequestCreated => format!("{actor} hat {subject} gestellt"),
        Action::RequestCommented => format!("{actor} hat {subject} kommentiert"),
        Action::RequestTransitioned => format!("{actor} hat den Status von {subject} geändert"),
        Action::LateStatusNoted => {
            format!("{actor} hat einen älteren Status von {subject} gemeldet")
        }
        Action::RequestShared => format!("{actor} hat {subject} geteilt"),
        Action::ApprovalRequested => {
            format!("{actor} hat um eine Genehmigung von {subject} gebeten")
        }
        Action::ApprovalAnswered => {
            format!("{actor} hat eine Genehmigung von {subject} beantwortet")
        }
        Action::RequestClosed => format!("{actor} hat {subject} geschlossen"),
        Action::RequestMoved => format!("{actor} hat {subject} verschoben"),
        Action::RequestHandedOver => format!("{subject} wurde übergeben"),
        Action::UpdateKept => {
            format!("{actor} hat etwas über {subject} gemeldet, bevor es bekannt war")
        }
        Action::UpdateAbandoned => {
            format!("{subject} kam nie; was darüber gemeldet wurde, ist beiseitegelegt")
        }
        Action::MailStopped => format!("{subject} hat E-Mails abbestellt"),
        Action::MailResumed => format!("{subject} möchte wieder E-Mails"),
        Action::AddressSuppressed => format!("E-Mails an {subject} wurden eingestellt"),
        Action::SuppressionLifted => format!("E-Mails gehen wieder an {subject}"),
        Action::OrganizationVacant => {
            "Niemand leitet die Organisation, den E-Mails erreichen; die Administration ist gefragt"
                .to_owned()
        }
        Action::VacancyEnded => "Die Organisation hat wieder eine Ansprechperson".to_owned(),
        Action::ProfileChanged => format!("{subject} hat das eigene Profil geändert"),
        Action::AccountDisputed => {
            format!("Ein Konto von {subject} kam auch mit einer anderen Adresse")
        }
        Action::AccountRebound => format!("Ein Konto von {subject} gehört jemand anderem"),
        Action::AccountForgotten => format!("{actor} hat ein Konto von {subject} vergessen"),
        Action::LinksEnded => format!("{subject} hat alle eigenen Links beendet"),
        Action::SweepHeld => "Ein Durchlauf hielt an und fragte".to_owned(),
        Action::SweepReleased => format!("{actor} hat einen Durchlauf fortfahren lassen"),
    }
}

fn done(done: Done) -> &'static str {
    match done {
        Done::Invited => "Die Einladung ist unterwegs.",
        Done::Asked => "Die Adresse liegt außerhalb Ihrer Domains. Ein Administrator ist gefragt.",
        Done::AlreadyHere => {
            "Diese Person hat Zugang oder war schon eingeladen. Es wurde nichts getan."
        }
        Done::Resent => "Die Einladung ist noch einmal unterwegs.",
        Done::Withdrawn => "Die Einladung ist zurückgezogen.",
        Done::OffBoarded => {
            "Der Zugang ist beendet. Auf der Seite der Person lässt sich das rückgängig machen."
        }
        Done::Planned => "Der Weggang ist geplant. Auf der Seite der Person lässt er sich absagen.",
        Done::LeavingCancelled => "Der Weggang ist abgesagt.",
        Done::Restored => "Die Abmeldung ist rückgängig gemacht. Der Zugang ist wieder da.",
        Done::Kept => "Der Zugang bleibt.",
        Done::Extended => "Das Ende des Zugangs ist verschoben.",
        Done::NowLead => "Diese Person ist jetzt Ansprechperson.",
        Done::NowMember => "Diese Person ist nicht mehr Ansprechperson.",
        Done::NowExempt => "Diese Person wird nie wegen Inaktivität entfernt.",
        Done::NotExempt => "Inaktivität zählt für diese Person wieder.",
        Done::MailWorks => "E-Mails gehen wieder an diese Adresse.",
        Done::Confirmed => "Ihre Antwort ist gespeichert.",
        Done::SameList => "Diese Liste haben Sie schon gebracht. Nichts wurde doppelt getan.",
        Done::Unchanged => "Es war schon so. Es wurde nichts getan.",
    }
}

fn refused(refusal: &Refusal) -> String {
    let said = match refusal.code {
        Code::TooOften => return super::link::too_often(refusal),
        Code::SeatCapReached => "Alle Plätze sind belegt. Melden Sie erst jemanden ab.",
        Code::DomainNotAllowed => "Die Adresse liegt außerhalb der Domains Ihrer Organisation.",
        Code::DailyLimitReached => {
            "Heute kann niemand mehr eingeladen werden. Versuchen Sie es morgen."
        }
        Code::AwaitingApproval => "Ein Administrator ist schon gefragt.",
        Code::DateInThePast => "Das Datum ist vorbei.",
        Code::HandOverToNotAMember => {
            "Diese Person kann nicht übernehmen: Sie hat hier keinen Zugang oder geht selbst."
        }
        Code::LastLead => {
            "Die letzte Ansprechperson kann nicht gehen. Machen Sie erst jemand anderen dazu."
        }
        Code::LimitReached => "Das wurde vor Kurzem versucht. Versuchen Sie es morgen wieder.",
        Code::NotAMember => "Diese Person hat keinen Zugang mehr. Jemand anderes war schneller.",
        Code::InvalidEmail => "Das ist keine E-Mail-Adresse der Form name@domain.",
        Code::UnknownOrganization
        | Code::UnknownDesk
        | Code::UnknownRequest
        | Code::UnknownApproval
        | Code::UnknownAccount
        | Code::Unreadable
        | Code::RequestExists
        | Code::AccessDenied
        | Code::Duplicate
        | Code::NotPossibleNow
        | Code::TooManyEarlyUpdates
        | Code::NotAllowed => {
            "Das ist nicht mehr möglich. Jemand anderes war schneller, oder die Zeit ist verstrichen."
        }
    };
    said.to_owned()
}

fn wrong(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Email => "Geben Sie eine E-Mail-Adresse der Form name@domain ein.",
        Wrong::Name => {
            "Ein Name ist der einer Person: höchstens 200 Zeichen, mit Buchstaben, ohne Adresse, und nicht der eines Servicedesks oder Dienstes."
        }
        Wrong::Note => "Ein Wort hat höchstens 2.000 Zeichen und keine Zeichen, die Text umordnen.",
        Wrong::Date => "Geben Sie ein Datum ein.",
        Wrong::PastDate => "Das Datum ist vorbei. Geben Sie ein späteres ein.",
        Wrong::NoList => "Wählen Sie eine Datei, oder fügen Sie eine Liste ein.",
        Wrong::TwoLists => "Wählen Sie eine Datei oder fügen Sie eine Liste ein, nicht beides.",
        Wrong::NoAddress => "In der Liste wurde keine E-Mail-Adresse gefunden.",
        Wrong::NoColumn => {
            "Keine Spalte der Liste ist als E-Mail-Adresse der Personen selbst benannt. Nennen Sie sie „E-Mail“."
        }
        Wrong::TooManyRows => "Die Liste hat mehr als 1.000 Zeilen. Teilen Sie sie.",
        Wrong::TooLarge => "Die Liste ist größer als 1 MiB. Teilen Sie sie.",
        Wrong::Stale => {
            "Diese Seite war zu lange offen oder wurde anderswo geöffnet. Es wurde noch nichts \
             getan: Bitte sehen Sie Ihre Angaben durch und senden Sie sie noch einmal."
        }
    }
}
