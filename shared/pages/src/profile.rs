//! A person's profile: how they are called and addressed, which mails they want, and the end of all
//! their links.

mod zones;

use app::{
    Caller,
    path::Stop,
    profile::{ProfileWish, time_zone},
};
use askama::Template;
use domain::{
    Customer, Language, called,
    decide::Profile,
    text::{Line, Name},
};
use lambda_http::http::StatusCode;

use words::{LANGUAGES, Words, file::Profile as Says};

use crate::{
    feedback::{Mistake, Status},
    http::{
        ask::Ask,
        cookies,
        fields::Fields,
        posted::{MAX_BODY, NoForm},
        reply::Reply,
    },
    navigation::Area,
    page::{self, Frame, html},
    reader::Reader,
};

/// The purpose of a form of the page. Its name is what its token is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Profile,
    StopMails,
    ResumeMails,
    EndLinks,
}

impl Form {
    const ALL: [Self; 4] = [
        Self::Profile,
        Self::StopMails,
        Self::ResumeMails,
        Self::EndLinks,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::StopMails => "stop-mails",
            Self::ResumeMails => "resume-mails",
            Self::EndLinks => "end-links",
        }
    }

    fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }

    /// The notice that the page shows after it.
    fn done(self, words: &Says) -> Option<&'static str> {
        match self {
            Self::Profile => Some(words.saved),
            Self::StopMails => Some(words.stopped),
            Self::ResumeMails => Some(words.resumed),
            Self::EndLinks => None,
        }
    }
}

/// Answers at `/profile`.
pub(crate) async fn answer(ask: &Ask<'_>) -> Result<Reply, Stop> {
    let Some(caller) = caller(ask) else {
        return Ok(page::no_session(&ask.reader()));
    };
    let Some(customer) = ask.site.profiles.show(&caller).await? else {
        return Ok(page::no_session(&ask.reader()));
    };
    let reader = ask.reader_as(&caller, Some(&customer));
    let shown = Shown {
        ask,
        caller: &caller,
        customer: &customer,
        reader: &reader,
    };
    let reply = if ask.acts() {
        act(&shown).await?
    } else {
        let done = ask.query();
        let done = done.one("done").and_then(Form::of);
        shown.page(&Typed::of(&customer).offering(ask.zone()), done)
    };
    Ok(reply)
}

/// The holder of a session over what is their own, or else over a console.
fn caller(ask: &Ask<'_>) -> Option<Caller> {
    let headers = ask.request.headers();
    let consoles = cookies::consoles(headers);
    std::iter::once(cookies::own())
        .chain(consoles.into_iter().map(str::to_owned))
        .find_map(|cookie| ask.caller(&cookie))
}

async fn act(shown: &Shown<'_>) -> Result<Reply, Stop> {
    let (ask, reader, caller) = (shown.ask, shown.reader, shown.caller);
    let fields = match ask.form(MAX_BODY) {
        Ok(fields) => fields,
        Err(no_form) => return Ok(page::no_form(reader, no_form)),
    };
    let asked = fields.one("do").and_then(Form::of).zip(fields.one("token"));
    let Some((form, token)) = asked else {
        return Ok(page::no_form(reader, NoForm::NotAForm));
    };
    let Some(posted) = ask.posted(caller, form.name(), token) else {
        return Ok(page::foreign_form(reader));
    };
    let choice = match form {
        Form::Profile => {
            let typed = Typed::posted(&fields);
            match typed.parsed() {
                Ok(profile) => ProfileWish::Profile(profile),
                Err(typed) => return Ok(shown.page(&typed, None)),
            }
        }
        Form::StopMails => ProfileWish::Mails { wanted: false },
        Form::ResumeMails => ProfileWish::Mails { wanted: true },
        Form::EndLinks => ProfileWish::EndLinks,
    };
    // Should the links have ended meanwhile, the page that comes next says so.
    match ask.site.profiles.choose(caller, &posted, &choice).await {
        Ok(_) | Err(Stop::Closed) => {}
        Err(stop) => return Err(stop),
    }
    Ok(match form {
        Form::EndLinks => {
            Reply::see_other("/send-link?done=links-ended").forgetting_sessions(ask.request)
        }
        Form::Profile | Form::StopMails | Form::ResumeMails => {
            let next = Reply::see_other(&format!("/profile?done={}", form.name()));
            ask.keeping(caller, next)
        }
    })
}

/// The values of the fields: those known, or those that were typed and not taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Typed {
    name: String,
    language: String,
    zone: String,
    wrong_name: bool,
    wrong_zone: bool,
}

impl Typed {
    fn of(customer: &Customer) -> Self {
        let known = Profile::of(customer);
        Self {
            name: known.name.map(String::from).unwrap_or_default(),
            language: known
                .language
                .and_then(Words::find)
                .map_or("", |words| words.lang)
                .to_owned(),
            zone: known.time_zone.map(String::from).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// Offers the browser's time zone to whoever chose none.
    fn offering(self, zone: Option<Line<64>>) -> Self {
        match zone {
            Some(zone) if self.zone.is_empty() => Self {
                zone: zone.into(),
                ..self
            },
            Some(_) | None => self,
        }
    }

    /// As posted. A field that comes twice says two things, and so nothing.
    fn posted(fields: &Fields) -> Self {
        let one = |name| fields.one(name).unwrap_or_default().trim().to_owned();
        Self {
            name: one("name"),
            language: one("language"),
            zone: one("zone"),
            ..Self::default()
        }
    }

    /// The profile, or the same fields with what is wrong about them.
    fn parsed(&self) -> Result<Profile, Self> {
        let name = (!self.name.is_empty()).then(|| {
            let name = Name::new(&self.name).ok();
            name.filter(|name| called::check(name, None, None).is_ok())
        });
        let zone = (!self.zone.is_empty()).then(|| time_zone(&self.zone));
        let (wrong_name, wrong_zone) = (name == Some(None), zone == Some(None));
        if wrong_name || wrong_zone {
            return Err(Self {
                wrong_name,
                wrong_zone,
                ..self.clone()
            });
        }
        Ok(Profile {
            name: name.flatten(),
            language: Language::of_tag(&self.language)
                .filter(|known| Words::find(*known).is_some()),
            time_zone: zone.flatten(),
        })
    }
}

/// The page and for whom it is.
struct Shown<'a> {
    ask: &'a Ask<'a>,
    caller: &'a Caller,
    customer: &'a Customer,
    reader: &'a Reader,
}

#[derive(Template)]
#[template(path = "profile/profile.html")]
struct View<'a> {
    frame: Frame,
    words: &'static Says,
    email: &'a str,
    typed: &'a Typed,
    languages: &'static [Words],
    zones: &'static [&'static str],
    muted: bool,
    tokens: Tokens,
}

/// The tokens of the page's forms.
struct Tokens {
    profile: String,
    mails: String,
    end_links: String,
}

impl Shown<'_> {
    fn page(&self, typed: &Typed, done: Option<Form>) -> Reply {
        let token = |form: Form| self.ask.site.sessions.form(self.caller, form.name());
        let tokens = Tokens {
            profile: token(Form::Profile),
            mails: token(if gets_no_mails(self.customer) {
                Form::ResumeMails
            } else {
                Form::StopMails
            }),
            end_links: token(Form::EndLinks),
        };
        let reply = page(self.reader, self.customer, typed, done, tokens);
        self.ask.keeping(self.caller, reply)
    }
}

/// Tells whether mails about requests are stopped, because somebody said so or reported one as spam.
fn gets_no_mails(customer: &Customer) -> bool {
    customer.muted || customer.has_complained()
}

fn page(
    reader: &Reader,
    customer: &Customer,
    typed: &Typed,
    done: Option<Form>,
    tokens: Tokens,
) -> Reply {
    let words: &'static Words = reader.words;
    let mut frame = Frame::within(reader, words.profile.title, Area::Profile);
    frame.personal = true;
    frame.done = done
        .and_then(|form| form.done(&words.profile))
        .map(Status::done);
    frame.mistakes = Mistake::among([
        ("name", typed.wrong_name.then_some(words.profile.wrong_name)),
        ("zone", typed.wrong_zone.then_some(words.profile.wrong_zone)),
    ]);
    let page = View {
        frame,
        words: &words.profile,
        email: customer.email.as_str(),
        typed,
        languages: &LANGUAGES,
        zones: &zones::COMMON,
        muted: gets_no_mails(customer),
        tokens,
    };
    let status = if typed.wrong_name || typed.wrong_zone {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Reply::page(status, html(&page))
}

#[cfg(test)]
pub(crate) mod tests;
