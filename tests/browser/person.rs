//! A person at a browser: opens, reads, types and presses the names on a page, as people do.

use std::path::Path;
use std::time::Duration;

use crate::browser::driver::Driver;
use crate::browser::webdriver::{Element, Window};

/// The tabulator key and the return key, as `WebDriver` names them.
const TAB: char = '\u{e004}';
const RETURN: char = '\u{e006}';
/// The number of looks at a page that is still to change, and the pause between two.
const LOOKS: u32 = 1_000;
const PAUSE: Duration = Duration::from_millis(30);

/// The way a person works a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hand {
    Pointer,
    /// Touches only elements that the tabulator key reaches.
    Keyboard,
}

/// In which ways a story is told.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Means {
    pub(crate) script: bool,
    pub(crate) hand: Hand,
}

impl Means {
    pub(crate) const SCRIPT: Self = Self {
        script: true,
        hand: Hand::Pointer,
    };
    pub(crate) const NO_SCRIPT: Self = Self {
        script: false,
        hand: Hand::Pointer,
    };
    pub(crate) const KEYBOARD: Self = Self {
        script: true,
        hand: Hand::Keyboard,
    };
}

/// A person with a browser of their own.
pub(crate) struct Person {
    pub(crate) driver: Driver,
    hand: Hand,
}

impl Person {
    pub(crate) async fn at_a_browser(means: Means) -> Self {
        Self {
            driver: Driver::start(means.script).await,
            hand: means.hand,
        }
    }

    pub(crate) fn window(&self) -> &Window {
        &self.driver.window
    }

    /// Gives the browser to somebody else, with nothing in it of who had it before.
    pub(crate) async fn is_somebody_new(&self) {
        self.window().forget_cookies().await;
    }

    /// Opens an address: a link from a mail, or one that was typed.
    pub(crate) async fn opens(&self, url: &str) {
        self.window().goto(url).await;
    }

    /// Path and query of the page that is open.
    pub(crate) async fn is_at(&self) -> String {
        let url = self.window().url().await;
        let (_, rest) = url.split_once("://").unwrap();
        rest[rest.find('/').unwrap()..].to_owned()
    }

    /// Waits until the page says this.
    pub(crate) async fn sees(&self, text: &str) {
        let says = format!("//body[contains(normalize-space(.), {})]", quoted(text));
        let is_seen = self.waits_for(&says).await.is_some();
        assert!(
            is_seen,
            "«{text}» is not to be seen:\n{}",
            self.text().await
        );
    }

    /// Holds that the page, which is there already, does not say this.
    pub(crate) async fn sees_no(&self, text: &str) {
        let page = self.text().await;
        assert!(!page.contains(text), "«{text}» is to be seen:\n{page}");
    }

    /// The text of the page.
    pub(crate) async fn text(&self) -> String {
        self.with("//body", async |page| page.text().await).await
    }

    /// Presses the button or follows the link of this name, and waits until the page that it was on
    /// has been left: what is looked at next is the page it leads to.
    pub(crate) async fn presses(&self, name: &str) {
        let pressed = self
            .with(&control(name), async |control| {
                self.activates(control).await?;
                Ok(control.clone())
            })
            .await;
        self.leaves(&pressed, name).await;
    }

    /// Unfolds what is folded up under this name.
    pub(crate) async fn unfolds(&self, name: &str) {
        self.with(&control(name), async |control| {
            self.activates(control).await
        })
        .await;
    }

    async fn activates(&self, control: &Element) -> Result<(), String> {
        match self.hand {
            Hand::Pointer => control.click().await,
            Hand::Keyboard => {
                self.tabs_to(control).await?;
                self.window().types(RETURN).await;
                Ok(())
            }
        }
    }

    /// Waits until the page that something was on is no longer open.
    async fn leaves(&self, was_there: &Element, name: &str) {
        for _ in 0..LOOKS {
            if was_there.html().await.is_err() {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("«{name}» leads nowhere:\n{}", self.text().await);
    }

    /// Types into the field of this label, in the place of what stands there.
    pub(crate) async fn fills(&self, label: &str, text: &str) {
        self.with(&field(label), async |field| {
            self.goes_to(field).await?;
            field.clear().await?;
            field.send_keys(text).await
        })
        .await;
    }

    /// Chooses from the list of this label.
    pub(crate) async fn chooses(&self, label: &str, choice: &str) {
        let option = format!("./option[normalize-space(.)={}]", quoted(choice));
        self.with(&field(label), async |field| match self.hand {
            Hand::Pointer => field.find(&option).await?[0].click().await,
            Hand::Keyboard => {
                self.tabs_to(field).await?;
                field.send_keys(choice).await
            }
        })
        .await;
    }

    /// Ticks the box of this label.
    pub(crate) async fn ticks(&self, label: &str) {
        let is_ticked = self
            .with(&field(label), async |field| {
                match self.hand {
                    Hand::Pointer => field.click().await?,
                    Hand::Keyboard => {
                        self.tabs_to(field).await?;
                        self.window().types(' ').await;
                    }
                }
                field.is_selected().await
            })
            .await;
        assert!(is_ticked, "{label}");
    }

    /// Brings a file to the field of this label.
    pub(crate) async fn brings(&self, label: &str, file: &Path) {
        self.with(&field(label), async |field| {
            self.goes_to(field).await?;
            field.send_keys(file.to_str().unwrap()).await
        })
        .await;
    }

    /// The value of the field with this label.
    pub(crate) async fn reads(&self, label: &str) -> String {
        self.with(&field(label), async |field| field.value().await)
            .await
    }

    /// Does something with the first element there, once there is one. Where its page was being left
    /// meanwhile, the next page's is taken.
    async fn with<T>(&self, path: &str, act: impl AsyncFn(&Element) -> Result<T, String>) -> T {
        for _ in 0..LOOKS {
            let Some(found) = self.waits_for(path).await else {
                break;
            };
            match act(&found).await {
                Ok(came) => return came,
                Err(why) if why.contains("stale element") => {}
                Err(why) => panic!("{path}: {why}"),
            }
        }
        let page = self.window().find("//body").await;
        let page = match page.first() {
            Some(page) => page.text().await,
            None => Err("no page".to_owned()),
        };
        panic!("there is no {path}:\n{}", page.unwrap_or_else(|why| why));
    }

    /// The first element there, once there is one. The limit is for a page that never comes.
    async fn waits_for(&self, path: &str) -> Option<Element> {
        for _ in 0..LOOKS {
            let found = self.window().find(path).await.into_iter().next();
            if found.is_some() {
                return found;
            }
            tokio::time::sleep(PAUSE).await;
        }
        None
    }

    async fn goes_to(&self, field: &Element) -> Result<(), String> {
        match self.hand {
            Hand::Pointer => Ok(()),
            Hand::Keyboard => self.tabs_to(field).await,
        }
    }

    /// Goes from one thing to the next with the tabulator key until it is there.
    async fn tabs_to(&self, wanted: &Element) -> Result<(), String> {
        for _ in 0..400 {
            if self.window().has_focus(wanted).await {
                return Ok(());
            }
            self.window().types(TAB).await;
        }
        Err(format!("no tabulator leads to {}", wanted.html().await?))
    }
}

/// A link or button that is called so, by what stands on it or by what it says to a screen reader.
fn control(name: &str) -> String {
    let name = quoted(name);
    format!(
        "//*[self::a or self::button or self::summary]\
         [normalize-space(.)={name} or @aria-label={name}]"
    )
}

/// A field whose label begins so, beside it or around it.
fn field(label: &str) -> String {
    let label = format!(
        "//label[starts-with(normalize-space(.), {})]",
        quoted(label)
    );
    format!("//*[@id={label}/@for] | {label}//input")
}

/// A text as `XPath` has it, which knows no escape.
fn quoted(text: &str) -> String {
    if text.contains('"') {
        format!("'{text}'")
    } else {
        format!("\"{text}\"")
    }
}
