//! New requests, in German.

use domain::{called::NoName, form::Wrong};

use crate::words::{Notice, intake::Intake};

pub(crate) const INTAKE: Intake = Intake {
    title: "Etwas anfragen",
    lead: "Wen möchten Sie fragen?",
    no_desks: Notice {
        title: "Hier gibt es nichts anzufragen",
        says: &[
            "Keine Stelle nimmt auf diesem Weg Anfragen von Ihnen an. Wenn Sie Zugang haben, öffnen \
             Sie zuerst den Link zu Ihren Anfragen: Er steht in jeder E-Mail von uns.",
        ],
    },
    send_link: "Meinen Link zusenden",
    kinds: "Was brauchen Sie?",
    announcements: "Gut zu wissen",
    further: "Weiteres",
    all_desks: "Alle Stellen",
    as_person: |email| format!("Sie senden sie als {email}."),
    only_for: |domains| {
        format!(
            "Angenommen werden Anfragen von Adressen bei {domains} und von allen, die schon Zugang \
             haben."
        )
    },
    email: "Ihre E-Mail-Adresse",
    email_help: "Dorthin senden wir einen Link. Ihre Anfrage geht hinaus, sobald Sie ihn geöffnet \
                 und sie bestätigt haben.",
    name: "Ihr Name",
    organization: "Für welche Organisation?",
    choose: "Bitte wählen",
    summary: "Worum geht es, in einer Zeile?",
    summary_help: "Das ist der Betreff jeder E-Mail zu Ihrer Anfrage.",
    optional: "freiwillig",
    date_help: "Tag, Monat und Jahr, etwa 31.12.2026.",
    person_help: "Ein Name oder eine E-Mail-Adresse.",
    share: |org| match org {
        Some(org) => format!("Alle, die für {org} Zugang haben, dürfen sie auch sehen"),
        None => "Alle, die für die Organisation Zugang haben, dürfen sie auch sehen".to_owned(),
    },
    trap: "Bitte lassen Sie dieses Feld leer",
    send: "Anfrage senden",
    send_to_confirm: "Senden und Link zum Bestätigen erhalten",
    mistakes: |count| match count {
        1 => "Eine Angabe stimmt noch nicht".to_owned(),
        count => format!("{count} Angaben stimmen noch nicht"),
    },
    wrong,
    foreign: "Diese Seite war zu lange offen oder wurde anderswo geöffnet. Es wurde noch nichts \
              gesendet: Bitte sehen Sie Ihre Angaben durch und senden Sie sie noch einmal.",
    too_often: |minutes| match minutes {
        1 => "In kurzer Zeit wurden zu viele Anfragen gesendet, diese deshalb nicht. Ihre Angaben \
              stehen noch hier: Bitte senden Sie sie in einer Minute noch einmal."
            .to_owned(),
        _ => format!(
            "In kurzer Zeit wurden zu viele Anfragen gesendet, diese deshalb nicht. Ihre Angaben \
             stehen noch hier: Bitte senden Sie sie in {minutes} Minuten noch einmal."
        ),
    },
    waiting: Notice {
        title: "Sehen Sie in Ihr Postfach",
        says: &[
            "Eine E-Mail mit einem Link ist zu Ihnen unterwegs. Ihre Anfrage geht hinaus, sobald Sie \
             den Link geöffnet und sie bestätigt haben. Das ist 48 Stunden lang möglich.",
            "Wenn keine E-Mail kommt, sehen Sie unter den unerwünschten nach, und prüfen Sie, wie \
             Sie Ihre Adresse geschrieben haben.",
        ],
    },
    sent_before: Notice {
        title: "Ihre Anfrage wurde gesendet",
        says: &[
            "Sie wurde einmal gesendet, obwohl das Formular zweimal kam. Eine E-Mail dazu ist \
             unterwegs.",
        ],
    },
    sent_for_another: Notice {
        title: "Die Anfrage ist gesendet",
        says: &[
            "Sie wurde im Namen der Person gesendet, für die der Link ist, und eine E-Mail dazu ist \
             an sie unterwegs. In diesem Browser ist jemand anderes angemeldet; deshalb wird sie \
             hier nicht gezeigt.",
        ],
    },
    spent: Notice {
        title: "Ihre Anfrage wurde gesendet",
        says: &[
            "Der Link gilt für eine Anfrage, und die wurde gesendet. Eine E-Mail dazu ist \
             unterwegs.",
        ],
    },
    anew: "Ein Formular neu ausfüllen",
    not_from_here: Notice {
        title: "Von hier aus nimmt diese Stelle nichts an",
        says: &[
            "Sie nimmt Anfragen nur aus bestimmten Netzen an, etwa aus dem Ihres Büros. Wenn Sie \
             Zugang haben, öffnen Sie den Link zu Ihren Anfragen: Dann ist es gleich, wo Sie sind.",
        ],
    },
    confirm: "Ist diese Anfrage von Ihnen?",
    confirm_lead: |desk| {
        format!(
            "Jemand hat ein Formular für {desk} ausgefüllt und Ihre Adresse angegeben. Gesendet \
             wurde noch nichts."
        )
    },
    confirm_kind: "Was",
    confirm_summary: "Worum es geht",
    confirm_by: "Als",
    confirm_until: "Bestätigen bis",
    confirm_button: "Ja, senden",
    confirm_or_not: "Wenn sie nicht von Ihnen ist, brauchen Sie nichts zu tun: Sie wird von selbst \
                     gelöscht.",
    denied: Notice {
        title: "Ihre Anfrage wurde nicht gesendet",
        says: &[
            "Die Stelle nimmt auf diesem Weg keine Anfragen von Ihrer Adresse an. Wenn sie das Ihrer \
             Meinung nach sollte, schreiben Sie ihr bitte, oder fragen Sie, wer sich um Ihre \
             Organisation kümmert.",
        ],
    },
};

fn wrong(wrong: Wrong) -> String {
    match wrong {
        Wrong::Missing => "Bitte beantworten Sie das.".to_owned(),
        Wrong::TooLong(max) => format!("Bitte kürzen Sie das auf {max} Zeichen."),
        Wrong::Control => {
            "Hier stehen unsichtbare Zeichen, die nicht angenommen werden. Bitte tippen Sie es neu."
                .to_owned()
        }
        Wrong::Twice => "Das kam zweimal an. Bitte sehen Sie es noch einmal durch.".to_owned(),
        Wrong::NotAChoice => "Bitte wählen Sie aus dem, was angeboten wird.".to_owned(),
        Wrong::NotANumber => {
            "Bitte schreiben Sie eine Zahl in Ziffern, ohne Zeichen zwischen den Tausendern: 1500 \
             oder 2,5."
                .to_owned()
        }
        Wrong::NotADate => {
            "Bitte schreiben Sie ein Datum, das es gibt, etwa 31.12.2026.".to_owned()
        }
        Wrong::NotAnEmail => {
            "Bitte schreiben Sie eine Adresse wie name@lanyard.example.".to_owned()
        }
        Wrong::NotALink => {
            "Bitte schreiben Sie eine Adresse im Web, die mit https:// oder http:// beginnt."
                .to_owned()
        }
        Wrong::NoName(why) => match why {
            NoName::Address => "Ein Name enthält keine Adresse. Bitte schreiben Sie ihn ohne.",
            NoName::Nothing => {
                "Bitte schreiben Sie einen Namen mit Buchstaben, oder lassen Sie das Feld leer."
            }
            NoName::Service => {
                "So heißt der Servicedesk oder ein Dienst. Bitte schreiben Sie Ihren eigenen Namen, \
                 oder lassen Sie das Feld leer."
            }
        }
        .to_owned(),
        Wrong::NotAPerson => "Bitte schreiben Sie einen Namen oder eine E-Mail-Adresse.".to_owned(),
    }
}
