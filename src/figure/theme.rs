//! The colours and the face a chart is drawn in.
//!
//! The page passes its own custom properties; SVG files and tests use the constants, which are the
//! same values.

use std::fmt;

use super::surface::Role;
use crate::num::decimal;

/// A colour as sRGB bytes and an opacity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colour {
    /// Red, green and blue.
    pub rgb: (u8, u8, u8),
    /// From 0 (unseen) to 1 (opaque).
    pub alpha: f64,
}

impl Colour {
    /// An opaque colour from its six hexadecimal digits.
    pub const fn hex(digits: u32) -> Self {
        let rgb = ((digits >> 16) as u8, (digits >> 8) as u8, digits as u8);
        Self { rgb, alpha: 1.0 }
    }

    /// The same colour at another opacity.
    #[must_use]
    pub const fn at(self, alpha: f64) -> Self {
        Self { rgb: self.rgb, alpha }
    }

    /// The colour that lies so far from this one to another.
    #[must_use]
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let mix =
            |from: u8, to: u8| (f64::from(from) + share * (f64::from(to) - f64::from(from))).round() as u8;
        let ((r, g, b), (r2, g2, b2)) = (self.rgb, other.rgb);
        Self { rgb: (mix(r, r2), mix(g, g2), mix(b, b2)), alpha: self.alpha }
    }

    /// Reads what `getComputedStyle` says of a colour: `#rgb`, `#rrggbb`, `#rrggbbaa`,
    /// `rgb(29, 28, 26)` or `rgba(29, 28, 26, 0.5)`.
    ///
    /// ```
    /// use isoflop::figure::Colour;
    /// assert_eq!(Colour::parse("#1d54a6"), Colour::parse(" rgb(29, 84, 166)"));
    /// assert_eq!(Colour::parse("lightish"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        match text.strip_prefix('#') {
            Some(digits) => Self::parse_hex(digits),
            None => Self::parse_function(text),
        }
    }

    fn parse_hex(digits: &str) -> Option<Self> {
        let nibbles: Vec<u8> =
            digits.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect::<Option<_>>()?;
        let bytes: Vec<u8> = match nibbles.len() {
            3 | 4 => nibbles.iter().map(|n| n * 17).collect(),
            6 | 8 => nibbles.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect(),
            _ => return None,
        };
        let alpha = bytes.get(3).map_or(1.0, |a| f64::from(*a) / 255.0);
        Some(Self { rgb: (bytes[0], bytes[1], bytes[2]), alpha })
    }

    fn parse_function(text: &str) -> Option<Self> {
        let inner = text.strip_prefix("rgba(").or_else(|| text.strip_prefix("rgb("))?.strip_suffix(')')?;
        let numbers: Vec<f64> = inner
            .split([',', ' ', '/'])
            .filter(|part| !part.is_empty())
            .map(decimal)
            .collect::<Option<_>>()?;
        let [red, green, blue, rest @ ..] = numbers.as_slice() else { return None };
        let rgb = (*red as u8, *green as u8, *blue as u8);
        Some(Self { rgb, alpha: rest.first().copied().unwrap_or(1.0) })
    }
}

impl fmt::Display for Colour {
    /// Prints the six digits; the opacity is a matter of its own in SVG.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (red, green, blue) = self.rgb;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// The face of all text in a chart, and what must be known of it to place text.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    /// A list of families as in CSS.
    pub family: String,
    /// Width of this face over that of Source Sans 3, whose widths are built in. A page that fell
    /// back to another face can measure one word and say so here.
    pub breadth: f64,
    /// How far the baseline lies below what a canvas calls `middle`, in em.
    pub middle: f64,
}

/// The colour tokens of the page that charts use, under the same names.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// What lies behind everything.
    pub paper: Colour,
    /// Lines, and words that matter.
    pub ink: Colour,
    /// Words beside them.
    pub ink_2: Colour,
    /// What is quieter still.
    pub ink_3: Colour,
    /// The lines of a grid.
    pub grid: Colour,
    /// The dots of runs.
    pub run: Colour,
    /// The plan, and what belongs to it.
    pub accent: Colour,
    /// Where most draws lie.
    pub band: Colour,
    /// Several lines of one kind.
    pub series: [Colour; 5],
    /// Steps of heat maps, from the lowest value.
    pub steps: [Colour; 8],
    /// The letters.
    pub face: Face,
}

/// On colours below this lightness, of 255, pale words have more contrast than dark ones: that is where both of the steps of
/// heat maps meet.
const HALF_LIGHT: f64 = 115.0;

impl Theme {
    /// Ink on warm white.
    pub fn light() -> Self {
        let ink = Colour::hex(0x001d_1c1a);
        Self {
            paper: Colour::hex(0x00fc_fbf8),
            ink,
            ink_2: Colour::hex(0x004f_4c46),
            ink_3: Colour::hex(0x0068_645c),
            grid: Colour::hex(0x00ec_e9e1),
            run: Colour::hex(0x008b_867c),
            accent: Colour::hex(0x001d_54a6),
            band: ink.at(0.11),
            series: [0x001d_54a6, 0x00b0_590b, 0x0000_4633, 0x004b_013d, 0x0070_6f6d].map(Colour::hex),
            steps: [
                0x00fb_f3e4,
                0x00f4_dcb6,
                0x00e9_bd85,
                0x00d9_975b,
                0x00bf_713d,
                0x0098_4f2b,
                0x006d_3520,
                0x0045_211a,
            ]
            .map(Colour::hex),
            face: Face::default(),
        }
    }

    /// Warm white on near black.
    pub fn dark() -> Self {
        let ink = Colour::hex(0x00e9_e6df);
        Self {
            paper: Colour::hex(0x0016_171a),
            ink,
            ink_2: Colour::hex(0x00bc_b8af),
            ink_3: Colour::hex(0x009a_968d),
            grid: Colour::hex(0x0026_282c),
            run: Colour::hex(0x007f_7c75),
            accent: Colour::hex(0x008f_b6f5),
            band: ink.at(0.14),
            series: [0x008f_b6f5, 0x00f7_9840, 0x005c_8e78, 0x00b2_7da3, 0x00df_dab5].map(Colour::hex),
            steps: [
                0x002a_2220,
                0x0046_301f,
                0x006a_4423,
                0x0090_5c2b,
                0x00b8_7a3c,
                0x00d8_9c5b,
                0x00ed_c187,
                0x00fa_e6c3,
            ]
            .map(Colour::hex),
            face: Face::default(),
        }
    }

    /// The light tokens on white paper, for print and for files.
    pub fn print() -> Self {
        Self { paper: Colour::hex(0x00ff_ffff), ..Self::light() }
    }

    /// Reads the custom properties of a page: `read("--ink-2")` is the text of that property.
    ///
    /// What is missing, or is no colour, stays as in `self`.
    #[must_use]
    pub fn with_tokens(mut self, mut read: impl FnMut(&str) -> Option<String>) -> Self {
        for (name, colour) in self.tokens() {
            if let Some(found) = read(name).as_deref().and_then(Colour::parse) {
                *colour = found;
            }
        }
        if let Some(family) = read("--sans").filter(|family| !family.trim().is_empty()) {
            family.trim().clone_into(&mut self.face.family);
        }
        self
    }

    /// Every colour with the name of its custom property.
    pub(super) fn tokens(&mut self) -> [(&'static str, &mut Colour); 21] {
        let [c1, c2, c3, c4, c5] = &mut self.series;
        let [h1, h2, h3, h4, h5, h6, h7, h8] = &mut self.steps;
        [
            ("--paper", &mut self.paper),
            ("--ink", &mut self.ink),
            ("--ink-2", &mut self.ink_2),
            ("--ink-3", &mut self.ink_3),
            ("--grid", &mut self.grid),
            ("--run", &mut self.run),
            ("--accent", &mut self.accent),
            ("--band", &mut self.band),
            ("--c1", c1),
            ("--c2", c2),
            ("--c3", c3),
            ("--c4", c4),
            ("--c5", c5),
            ("--h1", h1),
            ("--h2", h2),
            ("--h3", h3),
            ("--h4", h4),
            ("--h5", h5),
            ("--h6", h6),
            ("--h7", h7),
            ("--h8", h8),
        ]
    }

    /// The colour that marks of a role have.
    pub fn of(&self, role: Role) -> Colour {
        match role {
            Role::Ink => self.ink,
            Role::Quiet => self.ink_2,
            Role::Accent => self.accent,
            Role::Run => self.run,
            Role::Series(k) => self.series[k % self.series.len()],
        }
    }

    /// The colour of a step of a heat map that has so many. Where so many are `below` what is neither more nor less, those are of
    /// the accent, the stronger the further below, and the others of the steps from there.
    pub fn step(&self, step: usize, of: usize, below: Option<usize>) -> Colour {
        let last = self.steps.len() - 1;
        let spread = |step: usize, of: usize| if of > 1 { (step * last / (of - 1)).min(last) } else { 0 };
        match below {
            None => self.steps[spread(step, of)],
            Some(below) if step < below => {
                let share = (below - step) as f64 / (below + 1) as f64;
                self.paper.mixed(self.accent, share)
            }
            // The darkest of them would hide what is written on it.
            Some(below) => self.steps[spread(step - below, of - below + 1)],
        }
    }

    /// The colour of words on this one: of ink and paper the one that stands out from it.
    pub fn words_on(&self, ground: Colour) -> Colour {
        let light = |colour: Colour| {
            let (red, green, blue) = colour.rgb;
            0.299 * f64::from(red) + 0.587 * f64::from(green) + 0.114 * f64::from(blue)
        };
        let is_dark = light(ground) < HALF_LIGHT;
        if (light(self.ink) > light(self.paper)) == is_dark { self.ink } else { self.paper }
    }

    /// The colour of a band of a role: of the chosen law in its own token, of others a tint. That of runs is a ground for others.
    pub fn band_of(&self, role: Role) -> Colour {
        match role {
            Role::Ink => self.band,
            Role::Run => self.run.at(0.08),
            other => self.of(other).at(0.16),
        }
    }
}

impl Default for Face {
    fn default() -> Self {
        Self {
            family: r#""Isoflop Sans", "Source Sans 3", system-ui, sans-serif"#.to_owned(),
            breadth: 1.0,
            middle: 0.22,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num;

    #[test]
    fn words_stand_out_from_every_step_of_a_heat_map() {
        let linear = |byte: u8| {
            let share = f64::from(byte) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { num::pow((share + 0.055) / 1.055, 2.4) }
        };
        let luminance = |colour: Colour| {
            let (red, green, blue) = colour.rgb;
            0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
        };
        for theme in [Theme::light(), Theme::dark(), Theme::print()] {
            for step in theme.steps {
                let (words, ground) = (luminance(theme.words_on(step)), luminance(step));
                let contrast = (num::max(words, ground) + 0.05) / (num::min(words, ground) + 0.05);
                assert!(contrast > 4.4, "{step}: {contrast}");
            }
        }
    }
}
