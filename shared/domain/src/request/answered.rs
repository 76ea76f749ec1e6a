//! The answers of a form, under its questions.

use crate::{
    desk::RequestType,
    request::Request,
    text::{Text, Title},
};

impl Request {
    /// Returns the answers under the form's questions, in the form's order. Answers to questions
    /// that the form does not have follow under their own names.
    #[must_use]
    pub fn answered(&self, form: Option<&RequestType>) -> Vec<(Title, &Text<4_000>)> {
        let asked = form.map_or(&[][..], |form| &form.fields[..]);
        let of_the_form = asked.iter().filter_map(|field| {
            let answer = self.fields.get(&field.id)?;
            Some((field.label.clone(), answer))
        });
        let beyond = self.fields.iter().filter_map(|(id, answer)| {
            let known = asked.iter().any(|field| field.id == *id);
            let label = Title::new(id.as_str()).ok()?;
            (!known).then_some((label, answer))
        });
        of_the_form.chain(beyond).collect()
    }
}
