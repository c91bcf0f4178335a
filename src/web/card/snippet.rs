//! What an author puts into a page for a card.

use super::Kind;
use crate::web::words::{attribute, html};

/// A form of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Output {
    /// A frame, which works where scripts are stripped.
    #[default]
    Frame,
    /// An element, which takes the height of its card and hands back what its reader changes.
    Element,
    /// The address of the card.
    Address,
}

impl Output {
    /// All of them, in the order of the dialog.
    pub const ALL: [Self; 3] = [Self::Frame, Self::Element, Self::Address];

    /// Its name in the dialog.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Frame => "iframe",
            Self::Element => "Custom element",
            Self::Address => "Address",
        }
    }
}

/// How much room a card is given, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Room {
    /// A wide card.
    #[default]
    Wide,
    /// One for a column, or a phone.
    Narrow,
    /// As wide as the text around it.
    Fluid,
}

impl Room {
    /// All of them, in the order of the dialog.
    pub const ALL: [Self; 3] = [Self::Wide, Self::Narrow, Self::Fluid];

    /// Its name in the dialog.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wide => "640 × 360",
            Self::Narrow => "320 wide",
            Self::Fluid => "as wide as the text",
        }
    }

    /// The width, as an attribute has it.
    pub const fn width(self) -> &'static str {
        match self {
            Self::Wide => "640",
            Self::Narrow => "320",
            Self::Fluid => "100%",
        }
    }

    /// The usual height of a card of this kind.
    pub const fn height(self, kind: Kind) -> u32 {
        match (self, kind) {
            (Self::Narrow, Kind::Answer) => 640,
            (Self::Narrow, Kind::Fit) => 560,
            (Self::Narrow, _) => 460,
            _ => 360,
        }
    }
}

/// What puts a card into a page, in a frame of this height: `home` is the address of the site, with its last slash, `fragment`
/// the card's, and `says` its answer in a sentence, for who listens and for pages without scripts.
pub fn snippet(output: Output, room: Room, height: u32, home: &str, fragment: &str, says: &str) -> String {
    let address = format!("{home}embed.html{fragment}");
    let width = room.width();
    match output {
        Output::Address => address,
        Output::Frame => format!(
            "<iframe src=\"{}\" title=\"{}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" \
             sandbox=\"allow-scripts allow-popups allow-popups-to-escape-sandbox\" style=\"border:0;max-width:100%\"></iframe>",
            attribute(&address),
            attribute(says)
        ),
        Output::Element => format!(
            "<script src=\"{home}isoflop-card.js\" async></script>\n\
             <isoflop-card state=\"{}\" width=\"{width}\" height=\"{height}\">{}</isoflop-card>",
            attribute(fragment.trim_start_matches('#')),
            html(says)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_is_an_element_whatever_the_card_says() {
        let text =
            |output| snippet(output, Room::Wide, 398, "https://a.b/", "#card=answer&x=\"", "<b> & \"10²\"");
        assert_eq!(text(Output::Address), "https://a.b/embed.html#card=answer&x=\"");
        let frame = text(Output::Frame);
        assert!(frame.starts_with("<iframe src=\"https://a.b/embed.html#card=answer&amp;x=&quot;\" title=\"&lt;b&gt; &amp; &quot;10²&quot;\" width=\"640\" height=\"398\""), "{frame}");
        assert!(
            text(Output::Element).contains("<isoflop-card state=\"card=answer&amp;x=&quot;\" width=\"640\"")
        );
    }
}
