//! Lists of names, as they come from JavaScript: each name after a NUL, which no special token has, and `all` as it is.

pub(super) enum Names<'a> {
    All,
    These(Vec<&'a str>),
}

impl<'a> Names<'a> {
    pub(super) fn read(text: &'a str) -> Self {
        if text == "all" { Self::All } else { Self::These(text.split('\0').skip(1).collect()) }
    }

    pub(super) fn as_names(&'a self) -> crate::Names<'a> {
        match self {
            Self::All => crate::Names::All,
            Self::These(names) => crate::Names::These(names),
        }
    }
}
