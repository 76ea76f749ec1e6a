//! The header of a list: which of its columns holds the address of the person, as the exports of
//! directories and address books name it, and which ones hold addresses of others.

use super::letters::{is_mark, unaccented};

/// A column by its place and by what its header says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) at: usize,
    pub(super) title: String,
}

/// What a header says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// The columns that may hold the person's address, the best-known first.
    pub(super) emails: Vec<Column>,
    /// The number of columns there are.
    pub(super) width: usize,
    /// Tells whether a column is called as no word of prose is.
    pub(super) is_sure: bool,
    /// Tells whether other columns hold addresses, too, by what they are called.
    pub(super) has_others: bool,
    first: Option<usize>,
    last: Option<usize>,
    whole: Option<usize>,
}

/// What a row says of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// It names the column of the address.
    Header(Header),
    /// It names columns of others than the person, and none of the person's own.
    OfOthers(Vec<usize>),
    /// It is no header.
    Other,
}

/// Names of the column, the best-known first. What one knows by heart stands before what only
/// mostly holds an address.
const SURE: &[&[&str]] = &[
    &[
        "email",
        "mail",
        "emails",
        "emailaddress",
        "mailaddress",
        "emailaddresses",
        "emailid",
        "emailaddr",
        "primaryemail",
        "primaryemailaddress",
        "primarymail",
        "useremail",
        "useremailaddress",
        "memberemail",
        "employeeemail",
        "contactemail",
        "personemail",
        "customeremail",
        "participantemail",
        "attendeeemail",
        "email1",
        "email1value",
        "email1address",
        "emailvalue",
        "emailname",
        "primarysmtpaddress",
        "smtpaddress",
        // French
        "courriel",
        "adressemail",
        "adresseemail",
        "adressecourriel",
        "adressedecourriel",
        "adressedemessagerie",
        "adressemessagerie",
        "adresseelectronique",
        "adressedecourrierelectronique",
        "courrierelectronique",
        "adresseemailprincipale",
        "mel",
        // Spanish
        "correo",
        "correoelectronico",
        "direcciondecorreo",
        "direcciondecorreoelectronico",
        "direccioncorreoelectronico",
        "direcciondeemail",
        "direcciondemail",
        "direccionemail",
        "direccionelectronica",
        // Italian
        "postaelettronica",
        "indirizzoemail",
        "indirizzomail",
        "indirizzodiposta",
        "indirizzodipostaelettronica",
        "indirizzopostaelettronica",
        "indirizzoelettronico",
        "indirizzodiemail",
        // Dutch
        "emailadres",
        "mailadres",
        "epostadres",
        // Polish
        "adresemail",
        "adresmail",
        "adresemailowy",
        "adrespocztyelektronicznej",
        "pocztaelektroniczna",
        "poczta",
        // German
        "emailadresse",
        "mailadresse",
        "epostadresse",
        "emailanschrift",
        "emailadressen",
        "primareemailadresse",
        "primareemail",
        // Portuguese, Swedish, Norwegian, Danish, Finnish, Czech
        "enderecodeemail",
        "enderecoemail",
        "correioeletronico",
        "correioeletronica",
        "epost",
        "epostadress",
        "sahkoposti",
        "sahkopostiosoite",
        "emailovaadresa",
    ],
    &[
        "workemail",
        "workemailaddress",
        "workmail",
        "businessemail",
        "businessemailaddress",
        "officeemail",
        "companyemail",
        "corporateemail",
        "professionalemail",
        "emailwork",
        "emailbusiness",
        "emailprofessionnel",
        "emailpro",
        "courrielprofessionnel",
        "adresseemailprofessionnelle",
        "correocorporativo",
        "correodetrabajo",
        "correoelectronicocorporativo",
        "emailcorporativo",
        "emailaziendale",
        "emaillavoro",
        "zakelijkemailadres",
        "zakelijkeemail",
        "werkemail",
        "emailwerk",
        "emailsluzbowy",
        "adresemailsluzbowy",
        "emaildienstlich",
        "dienstlicheemail",
        "dienstlicheemailadresse",
        "emailgeschaftlich",
        "geschaftlicheemail",
        "geschaftlicheemailadresse",
        "emailarbeit",
    ],
    &["userprincipalname", "upn", "benutzerprinzipalname"],
    &[
        "login",
        "loginname",
        "username",
        "userid",
        "signinname",
        "benutzername",
        "nomdutilisateur",
        "nombredeusuario",
        "nomeutente",
        "gebruikersnaam",
        "nazwauzytkownika",
        "account",
        "konto",
    ],
];

/// Words of which one makes a column one of addresses.
const ABOUT_MAIL: &[&str] = &[
    "mail",
    "courriel",
    "correo",
    "posta",
    "poczt",
    "epost",
    "smtp",
    "upn",
    "principalname",
];
/// Names that a column of addresses may have, and a word of prose as well.
const MAYBE: &[&str] = &[
    "address",
    "adresse",
    "adres",
    "direccion",
    "indirizzo",
    "recipient",
    "empfanger",
    "destinataire",
    "contact",
    "kontakt",
    "user",
    "benutzer",
    "member",
    "mitglied",
    "person",
    "to",
    "an",
];
/// Words of which one makes a column that of somebody else, or of another address of the person than
/// the one by which they are known.
const OF_OTHERS: &[&str] = &[
    // English
    "manager",
    "supervisor",
    "boss",
    "lead",
    "recovery",
    "second",
    "alternat",
    "alias",
    "other",
    "backup",
    "proxy",
    "forward",
    "reply",
    "sentby",
    "sender",
    "sentfrom",
    "createdby",
    "invitedby",
    "addedby",
    "updatedby",
    "modifiedby",
    "exportedby",
    "requestedby",
    "owner",
    "sponsor",
    "assistant",
    "secretary",
    "delegate",
    "approver",
    "parent",
    "guardian",
    "emergency",
    "admin",
    "personal",
    "private",
    "home",
    "spouse",
    "referr",
    "note",
    "comment",
    "remark",
    // French
    "responsable",
    "superieur",
    "chef",
    "secours",
    "recuperation",
    "autre",
    "expediteur",
    "envoyepar",
    "invitepar",
    "prive",
    "remarque",
    // Spanish, Italian
    "jefe",
    "gerente",
    "recupera",
    "otro",
    "enviado",
    "remitente",
    "capo",
    "recupero",
    "altro",
    "altra",
    "mittente",
    "inviato",
    "privat",
    "nota",
    "responsabile",
    // Dutch, Polish
    "leidinggevende",
    "herstel",
    "ander",
    "afzender",
    "verzonden",
    "opmerking",
    "przeloz",
    "kierownik",
    "menedzer",
    "odzysk",
    "zapasow",
    "dodatkow",
    "inny",
    "nadawca",
    "wyslan",
    "uwag",
    // German
    "vorgesetzt",
    "leiter",
    "leitung",
    "wiederherstellung",
    "zweit",
    "weitere",
    "absender",
    "gesendet",
    "eingeladen",
    "assistent",
    "vertretung",
    "notiz",
    "bemerkung",
    "sekundar",
];

const FIRST: &[&str] = &[
    "firstname",
    "first",
    "givenname",
    "forename",
    "vorname",
    "rufname",
    "prenom",
    "nombredepila",
    "primernombre",
    "voornaam",
    "imie",
    "fornamn",
    "fornavn",
];
const LAST: &[&str] = &[
    "lastname",
    "last",
    "surname",
    "familyname",
    "nachname",
    "familienname",
    "zuname",
    "nomdefamille",
    "apellido",
    "apellidos",
    "cognome",
    "achternaam",
    "nazwisko",
    "sobrenome",
    "apelido",
    "efternamn",
    "etternavn",
    "efternavn",
];
const WHOLE: &[&str] = &[
    "name",
    "fullname",
    "displayname",
    "realname",
    "anzeigename",
    "vollstandigername",
    "membername",
    "employeename",
    "contactname",
    "emaildisplayname",
    "nom",
    "nomcomplet",
    "nometprenom",
    "nomprenom",
    "prenomnom",
    "nomdaffichage",
    "nombre",
    "nombrecompleto",
    "nombreyapellidos",
    "nome",
    "nomecompleto",
    "nomeecognome",
    "nomecognome",
    "naam",
    "volledigenaam",
    "weergavenaam",
    "imieinazwisko",
    "nazwa",
    "nazwawyswietlana",
    "namn",
    "navn",
    "jmeno",
    "person",
    "kontakt",
    "contact",
];
/// Names that are the family's beside a first name, and the first one beside a family's.
const FAMILY_OR_WHOLE: &[&str] = &["name", "nom", "naam", "namn", "navn", "nome", "nombre"];

/// What a row says, read as a header.
pub(super) fn line(cells: &[String]) -> Line {
    if cells.iter().any(|cell| cell.contains('@')) {
        return Line::Other;
    }
    let mut emails: Vec<(usize, Column)> = Vec::new();
    let mut others = Vec::new();
    for (at, title) in cells.iter().cloned().enumerate() {
        match called(&title) {
            Called::Own(rank) => emails.push((rank, Column { at, title })),
            Called::OfOthers => others.push(at),
            Called::Otherwise => {}
        }
    }
    emails.sort_by_key(|(rank, column)| (*rank, column.at));
    let is_sure = emails.iter().any(|(rank, _)| *rank < SURE.len());
    if emails.is_empty() {
        return if others.is_empty() {
            Line::Other
        } else {
            Line::OfOthers(others)
        };
    }
    let emails: Vec<_> = emails.into_iter().map(|(_, column)| column).collect();
    let best = emails.first().map(|email| email.at);
    let find = |known: &[&str]| {
        let is = |cell: &String| names(cell).iter().any(|n| known.contains(&n.as_str()));
        (0..cells.len()).find(|at| Some(*at) != best && is(&cells[*at]))
    };
    let header = Header {
        width: cells.len(),
        is_sure,
        has_others: !others.is_empty(),
        first: find(FIRST),
        last: find(LAST),
        whole: find(WHOLE),
        emails,
    };
    Line::Header(header.with_family(cells))
}

/// What a column is called.
enum Called {
    /// By a name of the person's own address, so well known.
    Own(usize),
    /// By one of somebody else, or of another address.
    OfOthers,
    Otherwise,
}

fn called(title: &str) -> Called {
    let names = names(title);
    let any = |known: &[&str]| names.iter().any(|name| known.contains(&name.as_str()));
    let about = |words: &[&str]| {
        let has = |name: &String| words.iter().any(|word| name.contains(word));
        names.iter().any(has)
    };
    if let Some(rank) = SURE.iter().position(|known| any(known)) {
        Called::Own(rank)
    } else if about(OF_OTHERS) {
        Called::OfOthers
    } else if about(ABOUT_MAIL) {
        Called::Own(SURE.len())
    } else if any(MAYBE) {
        Called::Own(SURE.len() + 1)
    } else {
        Called::Otherwise
    }
}

impl Header {
    /// «Name» beside «Vorname» is the family's; «Nome» beside «Cognome» is the first one.
    fn with_family(mut self, cells: &[String]) -> Self {
        let is_either = |at: &usize| {
            let names = names(&cells[*at]);
            names.iter().any(|n| FAMILY_OR_WHOLE.contains(&n.as_str()))
        };
        match (self.first, self.last, self.whole.filter(is_either)) {
            (Some(_), None, Some(family)) => self.last = Some(family),
            (None, Some(_), Some(first)) => self.first = Some(first),
            _ => {}
        }
        self
    }

    /// The number of columns have a name that is known.
    pub(super) fn known(&self) -> usize {
        let names = [self.first, self.last, self.whole];
        self.emails.len() + names.into_iter().flatten().count()
    }

    /// Where the whole name stands.
    pub(super) fn whole(&self) -> Option<usize> {
        self.whole
    }

    /// A person's name, from the columns of its parts or else from that of the whole.
    pub(super) fn name(&self, row: &[String]) -> Option<String> {
        let cell = |at: Option<usize>| {
            let cell = at.and_then(|at| row.get(at)).map(String::as_str);
            cell.filter(|cell| !cell.is_empty() && !cell.contains('@'))
        };
        let parts = [cell(self.first), cell(self.last)];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            cell(self.whole).map(str::to_owned)
        } else {
            Some(parts.join(" "))
        }
    }
}

/// What a header's cell may be called, in letters and digits alone: as a whole, without what stands
/// in brackets (`Email Address [Required]`), and by that alone (`User name [userPrincipalName]`).
fn names(cell: &str) -> Vec<String> {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|c| !is_mark(*c)).map(unaccented);
        let letters = letters.filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let required = [
        "required",
        "optional",
        "mandatory",
        "obligatoire",
        "erforderlich",
        "pflichtfeld",
    ];
    let bare = |name: String| -> String {
        let cut = required.iter().find_map(|word| name.strip_suffix(word));
        cut.filter(|cut| !cut.is_empty())
            .unwrap_or(&name)
            .to_owned()
    };
    let (outside, inside) = bracketed(cell);
    // `user.email` and `profile.email` are how directories name what they hold.
    let last = cell.rsplit(['.', ':', '/']).next().unwrap_or(cell);
    let is_path = cell.split('.').count() > 1 && !cell.contains(' ');
    let path = is_path.then_some(last);
    let all = [Some(cell), Some(outside.as_str()), inside, path];
    let all = all.into_iter().flatten().map(|text| bare(plain(text)));
    all.filter(|name| !name.is_empty()).collect()
}

/// What stands outside of a cell's brackets, and what in its first ones.
fn bracketed(cell: &str) -> (String, Option<&str>) {
    let open = |c: char| matches!(c, '[' | '(' | '<');
    let close = |c: char| matches!(c, ']' | ')' | '>');
    let Some((before, rest)) = cell.split_once(open) else {
        return (cell.to_owned(), None);
    };
    match rest.split_once(close) {
        Some((inside, after)) => (format!("{before} {after}"), Some(inside)),
        None => (before.to_owned(), Some(rest)),
    }
}
