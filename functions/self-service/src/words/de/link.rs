//! The pages that one link opens, in German.

use domain::{Code, Refusal, Role, request::Decision};

use crate::words::{Notice, link::Link};

pub(crate) const LINK: Link = Link {
    keep_to_yourself: "Der Link, der diese Seite geöffnet hat, ist Ihrer: Wer ihn hat, kann tun, \
                       was die Seite anbietet. Bitte geben Sie ihn nicht weiter.",

    accepted: Notice {
        title: "Sie haben Zugang",
        says: &[
            "Eine E-Mail mit Ihrem eigenen Link ist unterwegs. Ein Passwort brauchen Sie nicht.",
        ],
    },
    invitation_declined: Notice {
        title: "Sie haben abgelehnt",
        says: &["Sie hören nichts mehr von dieser Einladung. Sonst wurde nichts getan."],
    },
    kept: Notice {
        title: "Ihr Zugang bleibt",
        says: &["Sie müssen nichts weiter tun."],
    },
    approved: Notice {
        title: "Sie haben genehmigt",
        says: &["Ihre Antwort ist aufgenommen, und wer die Anfrage gestellt hat, erfährt davon."],
    },
    approval_declined: Notice {
        title: "Sie haben abgelehnt",
        says: &["Ihre Antwort ist aufgenommen, und wer die Anfrage gestellt hat, erfährt davon."],
    },
    mail_stopped: Notice {
        title: "Die E-Mails sind abbestellt",
        says: &[
            "E-Mails zu Ihrem Zugang kommen weiter: Sie würden sonst nicht merken, wann er endet.",
            "Die anderen können Sie wieder bestellen: die zu einer Anfrage auf deren Seite, alle \
             zusammen in Ihrem Profil. Lassen Sie sich dafür Ihren Link schicken.",
        ],
    },
    exception_allowed: Notice {
        title: "Die Einladung ist unterwegs",
        says: &["Die Person kann sie aus ihrer E-Mail heraus annehmen oder ablehnen."],
    },
    exception_refused: Notice {
        title: "Die Einladung ist abgelehnt",
        says: &["Sie wurde nicht verschickt. Wer sie wollte, erfährt davon."],
    },
    released: Notice {
        title: "Der Lauf geht weiter",
        says: &[
            "Der nächste Lauf, innerhalb einer Viertelstunde, führt ihn aus. Er sieht vorher \
             noch einmal nach: Wer seitdem aktiv war, bleibt.",
        ],
    },
    link_mailed: Notice {
        title: "Sehen Sie in Ihr Postfach",
        says: &[
            "Wenn diese Adresse hier bekannt ist, ist eine E-Mail mit einem Link dorthin \
             unterwegs.",
            "Nach einigen Minuten noch nichts? Sehen Sie im Spam-Ordner nach, oder versuchen Sie \
             es mit der Adresse, die Sie früher benutzt haben.",
        ],
    },

    refused: "Das ist nicht möglich",
    refusal,
    foreign_form: Notice {
        title: "Bitte versuchen Sie es noch einmal",
        says: &[
            "Die Seite war zu lange offen, oder das Formular kam nicht von ihr; deshalb wurde \
             nichts getan. Öffnen Sie die Seite noch einmal und drücken Sie dort auf die \
             Schaltfläche.",
        ],
    },
    from_elsewhere: Notice {
        title: "Das kam von einer anderen Website",
        says: &[
            "Das Formular wurde nicht von einer Seite dieses Servicedesks gesendet; deshalb wurde \
             nichts getan. Wenn Sie es senden wollten, öffnen Sie die Seite selbst und senden Sie \
             es dort.",
        ],
    },
    over: Notice {
        title: "Dieser Link gilt nicht mehr",
        says: &[
            "Er wurde schon benutzt, seine Zeit ist vorbei, oder er wurde beendet. Gerade eben \
             wurde nichts getan.",
        ],
    },
    instead: "Als jemand anderes weitermachen?",
    instead_lead: |signed_in, link| {
        format!("Sie sind als {signed_in} angemeldet. Dieser Link ist für {link}.")
    },
    instead_warning: "Wenn Sie weitermachen, werden Sie zuerst abgemeldet, und was Sie dann \
                      schreiben, steht unter dem anderen Namen. Kam der Link nicht aus einer E-Mail \
                      an Sie, bleiben Sie.",
    go_on: |link| format!("Weiter als {link}"),
    stay: "Angemeldet bleiben",
    renew: "Ein neuer Link",
    renew_lead: |address| {
        format!(
            "Er geht an die Adresse, für die dieser Link war, {address}, wenn es für sie etwas \
             zu öffnen gibt."
        )
    },
    renew_button: "Neuen Link schicken",
    not_found: Notice {
        title: "Hier ist nichts",
        says: &[
            "Vielleicht ist die Adresse unvollständig: Manche Mailprogramme schneiden lange \
             Links ab. Öffnen Sie den Link noch einmal aus Ihrer E-Mail, oder lassen Sie sich \
             einen neuen schicken.",
        ],
    },
    no_session: Notice {
        title: "Bitte öffnen Sie Ihren Link noch einmal",
        says: &[
            "Sie haben in diesem Browser noch keinen Link geöffnet, oder es ist eine Stunde her. \
             Öffnen Sie den Link noch einmal aus Ihrer E-Mail, oder lassen Sie sich einen neuen \
             schicken.",
        ],
    },
    too_large: Notice {
        title: "Das war zu viel",
        says: &[
            "Das Formular ist größer, als es sein darf; deshalb wurde nichts getan. Bitte \
             schreiben Sie weniger.",
        ],
    },
    not_a_form: Notice {
        title: "Das war nicht zu verstehen",
        says: &[
            "Es wurde nichts getan. Öffnen Sie die Seite aus Ihrer E-Mail und drücken Sie dort \
             auf die Schaltfläche.",
        ],
    },
    bad_reason: Notice {
        title: "Ihre Begründung wurde nicht angenommen",
        says: &[
            "Sie ist länger als 500 Zeichen oder enthält unsichtbare Zeichen, die die \
             Schreibrichtung ändern. Es wurde nichts getan. Gehen Sie zurück und kürzen Sie sie.",
        ],
    },
    not_allowed: Notice {
        title: "Das geht hier nicht",
        says: &[
            "Es wurde nichts getan. Öffnen Sie die Seite aus Ihrer E-Mail und drücken Sie dort \
             auf die Schaltfläche.",
        ],
    },
    too_many: Notice {
        title: "Bitte warten Sie ein wenig",
        says: &[
            "Innerhalb weniger Minuten wurden mehrere Links angefordert. Sehen Sie in Ihr \
             Postfach, und versuchen Sie es in einer Viertelstunde noch einmal.",
        ],
    },
    unavailable: Notice {
        title: "Bitte versuchen Sie es gleich noch einmal",
        says: &[
            "Etwas bei uns hat nicht geantwortet; deshalb wurde nichts getan. Ihr Link gilt \
             weiter, und was Sie geschrieben haben, steht noch da, wenn Sie im Browser \
             zurückgehen.",
        ],
    },
    open_link_again: "Zurück zur Seite",

    send_link: Notice {
        title: "Meinen Link schicken",
        says: &[
            "Geben Sie die Adresse ein, unter der Sie bekannt sind. Wenn sie es ist, ist sofort \
             eine E-Mail mit einem Link zu allem unterwegs, was Ihres ist.",
        ],
    },
    email: "E-Mail-Adresse",
    not_an_address: "Das ist keine E-Mail-Adresse. Eine solche sieht aus wie \
                     name@firma.example.",
    send: "Meinen Link schicken",

    invitation: |names| format!("Sie sind zu {} eingeladen", names.org),
    invites: |names| {
        let place = match names.desk {
            Some(desk) => format!("{desk} als Mitglied von {} zu nutzen", names.org),
            None => format!("Mitglied von {} zu werden", names.org),
        };
        match names.inviter {
            Some(inviter) => format!("{inviter} lädt Sie ein, {place}."),
            None => format!("Sie sind eingeladen, {place}."),
        }
    },
    as_role: |role| match role {
        Role::Member => {
            "Damit können Sie Anfragen stellen, sie verfolgen und die Antworten lesen, alles ohne \
             Passwort."
        }
        Role::Lead => {
            "Als Ansprechperson können Sie Anfragen stellen und verfolgen, alles ohne Passwort, \
             und Sie kümmern sich darum, wer aus Ihrer Organisation Zugang hat."
        }
    },
    note: "Die Nachricht dazu",
    invited_address: "Für",
    answer_by: "Antwort bis",
    access_ends: "Zugang endet",
    accept: "Annehmen",
    decline: "Ablehnen",
    no_answer: "Wenn Sie nichts tun, erhalten Sie höchstens eine Erinnerung, und dann verfällt \
                die Einladung.",

    keep: "Brauchen Sie Ihren Zugang noch?",
    keep_lead: |names| match names.desk {
        Some(desk) => format!("Sie haben als Mitglied von {} Zugang zu {desk}.", names.org),
        None => format!("Sie haben Zugang als Mitglied von {}.", names.org),
    },
    keep_not_needed: "Er endet zurzeit nicht. Sie können trotzdem sagen, dass Sie ihn brauchen.",
    keep_button: "Zugang behalten",
    keep_or_not: "Wenn Sie ihn nicht mehr brauchen, müssen Sie nichts tun. Nichts, was Sie \
                  geschrieben haben, wird gelöscht, und eine Ansprechperson Ihrer Organisation \
                  kann Ihnen wieder Zugang geben.",

    exception: "Darf diese Person eingeladen werden?",
    exception_lead: |names| match names.inviter {
        Some(inviter) => format!("{inviter} möchte jemanden zu {} einladen.", names.org),
        None => format!("Jemand soll zu {} eingeladen werden.", names.org),
    },
    outside_domains: "Die Adresse gehört nicht zu den Domänen, aus denen die Organisation \
                      einladen darf.",
    no_free_seat: "Zurzeit sind alle Plätze belegt: Sie können es erlauben, sobald einer frei ist.",
    person: "Person",
    name_given: "Name, wie in der Einladung",
    role: "Soll werden",
    would_be: |role| match role {
        Role::Lead => {
            "Ansprechperson: sieht alle Personen der Organisation, lädt ein und beendet Zugänge"
        }
        Role::Member => "Mitglied",
    },
    no_end: "an keinem Datum",
    seats_label: "Plätze",
    seats: |used, cap| format!("{used} von {cap} sind belegt"),
    organization: "Organisation",
    allowed_domains: "Erlaubte Domänen",
    decide_by: "Entscheidung bis",
    allow: "Erlauben",
    refuse: "Ablehnen",

    held: "Ein Lauf wurde angehalten",
    held_lead: |count| match count {
        1 => "Er hätte 1 Person den Zugang genommen, mehr als erlaubt. Niemand hat ihn verloren."
            .to_owned(),
        _ => format!(
            "Er hätte {count} Personen den Zugang genommen, mehr als erlaubt. Niemand hat ihn \
             verloren."
        ),
    },
    began: "Beginn",
    would_lose: "So viele würden je Organisation den Zugang verlieren",
    release: "Lauf fortsetzen",
    held_stays: "Wenn Sie nichts tun, verliert niemand den Zugang. Alle Betroffenen wurden \
                 gewarnt und hatten die ganze Zeit, die die Regeln ihnen geben.",

    stop_request: "E-Mails zu dieser Anfrage abbestellen?",
    stop_request_lead: "Sie erhalten E-Mails, wenn jemand sie kommentiert oder sich ihr Status \
                        ändert.",
    stop_all: "Alle E-Mails abbestellen?",
    stop_all_lead: "Sie erhalten E-Mails zu den Anfragen, an denen Sie beteiligt sind.",
    stop: "E-Mails abbestellen",
    access_mails_stay: "E-Mails zu Ihrem Zugang lassen sich nicht abbestellen: Sie würden nicht \
                        merken, wann er endet.",

    request: "Anfrage",
    description: "Beschreibung",
    details: "Einzelheiten",
    comments: "Kommentare",
    no_comments: "Noch hat niemand einen Kommentar geschrieben.",
    older_comments: "Ältere Kommentare stehen hier nicht.",
    from_desk: "Servicedesk",
    history: "Verlauf",
    reported_late: "verspätet gemeldet",
    approval: "Genehmigen Sie das?",
    approval_lead: "Für diese Anfrage ist Ihre Genehmigung gefragt.",
    your_answer: "Ihre Antwort",
    answered: |decision| match decision {
        Decision::Approved => "Sie haben diese Anfrage genehmigt",
        Decision::Declined => "Sie haben diese Anfrage abgelehnt",
    },
    why: "Begründung",
    optional: "freiwillig",
    why_hint: "Wer die Anfrage gestellt hat, liest sie. Höchstens 500 Zeichen.",
    approve: "Genehmigen",
};

/// Why something could not be done. The rule's own words are English, so each is said anew.
fn refusal(refusal: &Refusal) -> String {
    match refusal.code {
        Code::SeatCapReached => {
            "Alle Plätze der Organisation sind belegt. Sobald einer frei ist, können Sie es noch \
             einmal versuchen."
        }
        Code::UnknownApproval => "Ihre Genehmigung ist hier nicht mehr gefragt.",
        Code::TooOften => return too_often(refusal),
        Code::LimitReached => {
            "Mehr Text nimmt die Anfrage nicht auf. Bitte antworten Sie mit einer kürzeren \
             Begründung oder ohne."
        }
        Code::UnknownOrganization => "Diese Organisation gibt es nicht.",
        Code::UnknownDesk => "Diesen Servicedesk gibt es nicht.",
        Code::UnknownRequest => "Diese Anfrage gibt es nicht.",
        Code::UnknownAccount | Code::NotAMember => "Diese Person gehört nicht zur Organisation.",
        Code::Unreadable => "Das ließ sich nicht lesen.",
        Code::RequestExists => "Diese Anfrage gibt es schon.",
        Code::AccessDenied | Code::NotAllowed => "Das ist Ihnen hier nicht erlaubt.",
        Code::DomainNotAllowed => {
            "Die Adresse gehört nicht zu den Domänen, aus denen die Organisation einladen darf."
        }
        Code::DailyLimitReached => "Für heute sind es genug Einladungen.",
        Code::AwaitingApproval => "Das wartet auf die Administration.",
        Code::InvalidEmail => "Das ist keine E-Mail-Adresse.",
        Code::Duplicate => "Das steht schon da.",
        Code::DateInThePast => "Dieser Tag ist schon vorbei.",
        Code::HandOverToNotAMember => {
            "Wer die offenen Anfragen übernehmen soll, gehört nicht zur Organisation."
        }
        Code::LastLead => "Die letzte Ansprechperson einer Organisation bleibt.",
        Code::NotPossibleNow => "Das ist zurzeit nicht möglich.",
        Code::TooManyEarlyUpdates => "Dazu ist schon zu viel gekommen.",
    }
    .to_owned()
}

/// The refusal of what mails others too often, with how long to wait.
pub(super) fn too_often(refusal: &Refusal) -> String {
    let wait = match refusal.minutes_to_wait() {
        1 => "einer Minute".to_owned(),
        minutes @ 2..=90 => format!("{minutes} Minuten"),
        minutes => format!("{} Stunden", minutes.div_ceil(60)),
    };
    format!(
        "Andere bekämen dadurch E-Mails, und in kurzer Zeit wurden schon zu viele ausgelöst. Es \
         wurde nichts getan: Bitte versuchen Sie es in {wait} noch einmal."
    )
}
