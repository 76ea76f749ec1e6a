//! The pages of requests, in German.

use app::requests::Aspect;
use domain::{Code, Refusal, columns::Column, request::Decision, text::InvalidText};

use crate::words::requests::{Done, Requests};

pub(crate) const REQUESTS: Requests = Requests {
    my_requests: "Meine Anfragen",
    new_request: "Neue Anfrage",
    profile: "Profil",
    which: "Welche Anfragen",
    aspect,

    state: "Stand",
    open: "Offen",
    closed: "Geschlossen",
    search: "Suche",
    search_hint: "Wörter aus dem Betreff oder die Nummer",
    desk: "Servicedesk",
    every_desk: "Alle Servicedesks",
    kind: "Art",
    every_kind: "Alle Arten",
    organization: "Organisation",
    show: "Anzeigen",
    show_all: "Alle anzeigen",
    nothing_found: "Nichts davon passt zu Ihrer Suche.",
    nothing,
    no_organization: "Sie gehören zu keiner Organisation, also ist auch nichts mit einer geteilt.",
    older: "Ältere Anfragen",
    newest: "Zurück zu den neuesten",
    look_further: "Weitersuchen",

    columns: "Spalten wählen",
    columns_lead: "Welche Spalten Ihre Listen haben und in welcher Reihenfolge. Der Betreff ist \
                   immer dabei.",
    nth_column: |number| format!("Spalte {number}"),
    no_column: "(keine)",
    save: "Speichern",
    back_to_list: "Zurück zu meinen Anfragen",
    column,

    key: "Anfrage",
    first_key: "Gestellt als",
    moved_on: |key| {
        format!(
            "Diese Anfrage wurde verschoben und wird als {key} weitergeführt. Sie folgen ihr wie \
             bisher."
        )
    },
    moved_elsewhere: |key| {
        format!(
            "Diese Anfrage wurde an eine Stelle verschoben, die nicht zu diesem Servicedesk \
             gehört. Dort ist sie {key}. Was dort geschieht, wird hier nicht gezeigt: Bitte fragen \
             Sie dort nach."
        )
    },
    raised_by: "Gestellt von",
    you: "Ihnen",
    raised: "Gestellt",
    resolution: "Ergebnis",
    takes_part: "Beteiligt",
    shared_with: "Geteilt mit",
    description: "Beschreibung",
    details: "Angaben",
    history: "Verlauf",
    reported_late: "verspätet gemeldet",

    comments: "Kommentare",
    no_comments: "Noch hat niemand etwas geschrieben.",
    from_desk: "vom Servicedesk",
    older_comments: "Ältere Kommentare zeigen",
    newest_comments: "Zurück zu den neuesten Kommentaren",
    your_comment: "Ihr Kommentar",
    comment_hint: "Der Servicedesk und alle, die dieser Anfrage folgen, lesen ihn. *Betonung*, \
                   Listen, `Code` und Links werden als solche gezeigt.",
    send_comment: "Kommentar senden",

    approval: "Ihre Genehmigung ist gefragt",
    approval_lead: "Bitte lesen Sie die Anfrage und sagen Sie, ob sie ausgeführt werden soll.",
    approvals: "Genehmigungen",
    answer_by: "Antwort bis",
    why: "Begründung (freiwillig)",
    why_hint: "Wer die Anfrage gestellt hat und der Servicedesk lesen sie.",
    approve: "Genehmigen",
    decline: "Ablehnen",
    waiting: "Wartet auf Antwort",
    decision: |decision| match decision {
        Decision::Approved => "Genehmigt",
        Decision::Declined => "Abgelehnt",
    },

    change_status: "Status ändern",
    change_status_lead: "Das überlässt der Servicedesk Ihnen. Er erfährt davon, ebenso alle, die \
                         der Anfrage folgen.",
    share: "Teilen",
    share_lead: "Mit wem Sie die Anfrage teilen, liest alles, was Sie hier lesen, und kann \
                 kommentieren.",
    colleague: "E-Mail-Adresse einer Kollegin oder eines Kollegen",
    colleague_hint: "Jemand mit Zugang zu Ihrer Organisation. Die Person bekommt eine E-Mail.",
    share_with_colleague: "Mit dieser Person teilen",
    share_with_organization: |name| format!("Mit allen bei {name} teilen"),
    mails: "E-Mails zu dieser Anfrage",
    mails_on: "Sie bekommen eine E-Mail, wenn jemand kommentiert oder der Status sich ändert.",
    mails_off: "Sie bekommen keine E-Mails zu dieser Anfrage.",
    stop_mails: "Diese E-Mails abbestellen",
    resume_mails: "E-Mails schicken",

    done,
    refused,
    stale_form: "Diese Seite war zu lange offen, darum wurde nichts gesendet. Was Sie geschrieben \
                 haben, steht noch hier: Bitte senden Sie es noch einmal.",
    not_an_address: "Das ist keine E-Mail-Adresse der Form name@domain.",
    bad_text,
};

fn aspect(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Created => "Von mir gestellt",
        Aspect::Approvals => "Warten auf meine Genehmigung",
        Aspect::Shared => "Mit meiner Organisation geteilt",
        Aspect::TakingPart => "Ich bin beteiligt",
    }
}

fn nothing(aspect: Aspect, open: bool) -> &'static str {
    match (aspect, open) {
        (Aspect::Created, true) => {
            "Sie haben keine offene Anfrage. Wenn etwas nicht geht oder Sie etwas brauchen, \
             stellen Sie eine."
        }
        (Aspect::Created, false) => "Noch ist keine Ihrer Anfragen geschlossen.",
        (Aspect::Approvals, true) => {
            "Nichts wartet auf Ihre Genehmigung. Sobald das so ist, bekommen Sie eine E-Mail."
        }
        (Aspect::Approvals, false) => "Eine geschlossene Anfrage wartet auf keine Genehmigung.",
        (Aspect::Shared, true) => {
            "Keine offene Anfrage ist mit Ihrer Organisation geteilt. Wer eine gestellt hat, kann \
             sie auf ihrer Seite teilen."
        }
        (Aspect::Shared, false) => "Keine geschlossene Anfrage ist mit Ihrer Organisation geteilt.",
        (Aspect::TakingPart, true) => {
            "Sie sind an keiner offenen Anfrage beteiligt. Teilt jemand eine mit Ihnen, steht sie \
             hier."
        }
        (Aspect::TakingPart, false) => "Sie sind an keiner geschlossenen Anfrage beteiligt.",
    }
}

fn column(column: Column) -> &'static str {
    match column {
        Column::Summary => "Betreff",
        Column::Key => "Nummer",
        Column::Status => "Status",
        Column::Kind => "Art",
        Column::Desk => "Servicedesk",
        Column::Reporter => "Gestellt von",
        Column::Organization => "Organisation",
        Column::Created => "Gestellt",
        Column::Changed => "Zuletzt geändert",
    }
}

fn done(done: Done) -> &'static str {
    match done {
        Done::Raised => {
            "Ihre Anfrage ist beim Servicedesk. Eine E-Mail mit dem Link zu ihr ist unterwegs."
        }
        Done::Commented => {
            "Ihr Kommentar ist unterwegs zum Servicedesk und zu allen, die der Anfrage folgen."
        }
        Done::Shared => "Die Anfrage ist geteilt.",
        Done::StatusChanged => "Der Status ist geändert, der Servicedesk erfährt davon.",
        Done::Approved => {
            "Sie haben genehmigt. Der Servicedesk und wer die Anfrage gestellt hat erfahren es."
        }
        Done::Declined => {
            "Sie haben abgelehnt. Der Servicedesk und wer die Anfrage gestellt hat erfahren es."
        }
        Done::MailsOn => "Ab jetzt bekommen Sie E-Mails zu dieser Anfrage.",
        Done::MailsOff => "Sie bekommen keine E-Mails zu dieser Anfrage mehr.",
        Done::ColumnsChosen => "Ihre Listen haben ab jetzt diese Spalten.",
        Done::Already => "Es war schon so: Nichts musste geändert werden.",
    }
}

fn refused(refusal: &Refusal) -> String {
    let said = match refusal.code {
        Code::NotAMember => {
            "Niemand mit dieser Adresse hat Zugang zu Ihrer Organisation. Die \
             Ansprechperson Ihrer Organisation kann sie einladen."
        }
        Code::TooOften => return super::link::too_often(refusal),
        Code::LimitReached => {
            "Diese Anfrage sehen schon so viele Personen, wie es bei einer Anfrage geht. Teilen \
             Sie sie stattdessen mit der Organisation."
        }
        Code::NotPossibleNow => {
            "Jemand war schneller: Die Anfrage hat sich inzwischen geändert, und das ist nicht \
             mehr möglich. Hier steht sie, wie sie jetzt ist."
        }
        Code::UnknownApproval => "Ihre Genehmigung ist nicht mehr gefragt.",
        Code::NotAllowed => {
            "Das können nur diejenigen, die die Anfrage gestellt haben oder daran beteiligt sind."
        }
        Code::UnknownOrganization => "Diese Organisation gibt es nicht.",
        Code::InvalidEmail => "Das ist keine E-Mail-Adresse der Form name@domain.",
        Code::UnknownDesk
        | Code::UnknownRequest
        | Code::UnknownAccount
        | Code::Unreadable
        | Code::RequestExists
        | Code::AccessDenied
        | Code::SeatCapReached
        | Code::DomainNotAllowed
        | Code::DailyLimitReached
        | Code::AwaitingApproval
        | Code::Duplicate
        | Code::DateInThePast
        | Code::HandOverToNotAMember
        | Code::LastLead
        | Code::TooManyEarlyUpdates => "Das ist hier nicht möglich.",
    };
    said.to_owned()
}

fn bad_text(why: &InvalidText) -> String {
    match why {
        InvalidText::Empty => "Bitte schreiben Sie etwas.".to_owned(),
        InvalidText::TooLong { max } => {
            format!("Das ist länger als {max} Zeichen. Bitte kürzen Sie es.")
        }
        InvalidText::Control => "Das enthält unsichtbare Steuerzeichen oder Zeichen, die die \
                                 Schreibrichtung ändern. Bitte entfernen Sie sie oder tippen Sie \
                                 es neu."
            .to_owned(),
    }
}
