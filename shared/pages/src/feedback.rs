//! The answer of a page to the form just sent: the mistakes in it, or its effect. Either takes the
//! focus, because an element with `role="alert"` that is there from the start is read by few
//! screen readers.

/// A mistake, in the summary above a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// The id of the field, if it is one's.
    pub(crate) to: Option<String>,
    /// The label of the field.
    pub(crate) label: Option<String>,
    /// The sentence about it.
    pub(crate) says: String,
}

impl Mistake {
    /// A mistake in the field of this id.
    pub(crate) fn at(field: impl Into<String>, says: impl Into<String>) -> Self {
        Self {
            to: Some(field.into()),
            label: None,
            says: says.into(),
        }
    }

    /// A reason why nothing was done that no field has.
    pub(crate) fn of_all(says: impl Into<String>) -> Self {
        Self {
            to: None,
            label: None,
            says: says.into(),
        }
    }

    /// The mistakes of fields, of those that have one.
    pub(crate) fn among<'a>(
        fields: impl IntoIterator<Item = (&'a str, Option<&'a str>)>,
    ) -> Vec<Self> {
        let fields = fields.into_iter();
        fields
            .filter_map(|(field, wrong)| wrong.map(|says| Self::at(field, says)))
            .collect()
    }
}

/// The effect of the form just sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Status {
    /// The sentences about it.
    pub(crate) says: String,
    /// `true` if something was done, `false` if all stayed as it was.
    pub(crate) success: bool,
    /// The form that undoes it.
    pub(crate) undo: Option<Undo>,
    /// The pages where one could go on: address and label.
    pub(crate) ways: Vec<(String, String)>,
}

impl Status {
    /// Something was done.
    pub(crate) fn done(says: impl Into<String>) -> Self {
        Self {
            says: says.into(),
            success: true,
            undo: None,
            ways: Vec::new(),
        }
    }

    /// Nothing was done.
    pub(crate) fn unchanged(says: impl Into<String>) -> Self {
        Self {
            success: false,
            ..Self::done(says)
        }
    }
}

/// A form of one button that undoes what was just done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Undo {
    /// The address that it posts to.
    pub(crate) to: String,
    /// Its fields.
    pub(crate) fields: Vec<(&'static str, String)>,
    /// The label of the button.
    pub(crate) label: &'static str,
}
