//! A chart as SVG: text as text, dashes as dashes, a title for readers of all kinds.

use std::convert::Infallible;
use std::fmt::Write as _;

use super::chart::Chart;
use super::draw::draw;
use super::frame::Size;
use super::surface::{Anchor, Ink, Point, Stroke, Surface};
use super::text::{self, RAISED_BY, RAISED_SIZE};
use super::theme::{Colour, Theme};

const NOTE_SIZE: f64 = 11.0;
const NOTE_LINE: f64 = 16.0;

/// A [`Surface`] that writes SVG.
#[derive(Debug)]
pub struct Svg {
    body: String,
    breadth: f64,
}

impl Svg {
    /// Draws a chart into a file, with lines of notes (question, law, fit, link) under the picture.
    pub fn of(chart: &Chart, theme: &Theme, size: Size, notes: &[String]) -> String {
        let mut svg = Self { body: String::new(), breadth: theme.face.breadth };
        let height = size.height + NOTE_LINE * notes.len() as f64;
        svg.page(size.width, height, theme.paper);
        let Ok(()) = draw(chart, theme, size, None, &mut svg);
        for (i, note) in notes.iter().enumerate() {
            let at = (0.0, size.height + NOTE_LINE * (i as f64 + 0.75));
            let Ok(()) = svg.text(at, Anchor::Start, note, Ink::plain(NOTE_SIZE, theme.ink_3));
        }
        svg.finish(chart, theme, size.width, height)
    }

    /// A chart as an element of a page, in the page's own face and colours: each is a custom property there, so
    /// that the picture follows the theme without being drawn again.
    pub fn inline(chart: &Chart, size: Size, class: &str) -> String {
        let mut theme = Theme::light();
        let named = theme.tokens().into_iter().zip(1..).map(|((name, colour), number)| {
            // A colour of its own for each name, to be found again in what is drawn.
            *colour = Colour::hex(number);
            (format!("\"{colour}\""), format!("\"var({name})\""))
        });
        let named: Vec<(String, String)> = named.collect();
        let mut svg = Self { body: String::new(), breadth: theme.face.breadth };
        let Ok(()) = draw(chart, &theme, size, None, &mut svg);
        let body = named.iter().fold(svg.body, |body, (colour, name)| body.replace(colour, name));
        let (width, height) = (short(size.width), short(size.height));
        let summary = escape(&chart.summary);
        format!(
            "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{summary}\">{body}</svg>"
        )
    }

    /// Notes lengthen the paper under a picture.
    fn page(&mut self, width: f64, height: f64, paper: Colour) {
        let Ok(()) = self.fill(&[(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)], paper);
    }

    fn finish(self, chart: &Chart, theme: &Theme, width: f64, height: f64) -> String {
        let (title, summary) = (escape(&chart.title), escape(&chart.summary));
        let family = escape(&theme.face.family);
        let (width, height) = (short(width), short(height));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"{family}\">\n\
             <title>{title}</title>\n<desc>{summary}</desc>\n{body}</svg>\n",
            body = self.body
        )
    }

    fn letters(&mut self, place: &str, anchor: Anchor, text: &str, ink: Ink) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = if ink.bold { " font-weight=\"600\"" } else { "" };
        let halo = ink.halo.map_or(String::new(), |halo| {
            let (rim, width) = (paint("stroke", halo.colour), short(2.0 * halo.radius));
            format!(" {rim} stroke-width=\"{width}\" stroke-linejoin=\"round\" paint-order=\"stroke\"")
        });
        self.write(format_args!(
            "<text {place} font-size=\"{}\" {}{anchor}{weight}{halo}>{}</text>",
            short(ink.size),
            paint("fill", ink.colour),
            spans(text, ink.size)
        ));
    }

    fn write(&mut self, element: std::fmt::Arguments) {
        // Writing to a String cannot fail.
        let _ = self.body.write_fmt(element);
        self.body.push('\n');
    }
}

impl Surface for Svg {
    type Error = Infallible;

    fn stroke(&mut self, points: &[Point], stroke: Stroke) -> Result<(), Infallible> {
        let dash = match stroke.dash.pattern() {
            [] => String::new(),
            pattern => {
                let lengths: Vec<String> = pattern.iter().map(|length| short(*length)).collect();
                format!(" stroke-dasharray=\"{}\"", lengths.join(" "))
            }
        };
        self.write(format_args!(
            "<path d=\"{}\" fill=\"none\" {} stroke-width=\"{}\" stroke-linejoin=\"round\"{dash}/>",
            path(points),
            paint("stroke", stroke.colour),
            short(stroke.weight)
        ));
        Ok(())
    }

    fn fill(&mut self, polygon: &[Point], colour: Colour) -> Result<(), Infallible> {
        if !polygon.is_empty() {
            self.write(format_args!("<path d=\"{}Z\" {}/>", path(polygon), paint("fill", colour)));
        }
        Ok(())
    }

    fn dot(&mut self, centre: Point, radius: f64, colour: Colour) -> Result<(), Infallible> {
        self.write(format_args!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" {}/>",
            place(centre.0),
            place(centre.1),
            short(radius),
            paint("fill", colour)
        ));
        Ok(())
    }

    fn text(&mut self, at: Point, anchor: Anchor, text: &str, ink: Ink) -> Result<(), Infallible> {
        let place = format!("x=\"{}\" y=\"{}\"", place(at.0), place(at.1));
        self.letters(&place, anchor, text, ink);
        Ok(())
    }

    fn leaning(&mut self, at: Point, along: Point, text: &str, ink: Ink) -> Result<(), Infallible> {
        let [across, down, up] = [along.0, along.1, -along.1].map(|x| plain(&format!("{x:.4}")));
        let place =
            format!("transform=\"matrix({across} {down} {up} {across} {} {})\"", place(at.0), place(at.1));
        self.letters(&place, Anchor::Middle, text, ink);
        Ok(())
    }

    fn width(&self, text: &str, ink: Ink) -> f64 {
        text::width(text, ink) * self.breadth
    }
}

/// Raised digits as smaller, shifted spans.
fn spans(text: &str, size: f64) -> String {
    let small = size * RAISED_SIZE;
    let rise = RAISED_BY * small;
    let mut spans = String::new();
    let mut up = false;
    for piece in text::pieces(text) {
        let letters = escape(&piece.text);
        let shift = match (up, piece.raised) {
            (false, true) => -rise,
            (true, false) => rise,
            _ => 0.0,
        };
        up = piece.raised;
        let _ = match (piece.raised, shift == 0.0) {
            (true, _) => {
                write!(
                    spans,
                    "<tspan dy=\"{}\" font-size=\"{}\">{letters}</tspan>",
                    short(shift),
                    short(small)
                )
            }
            (false, false) => write!(spans, "<tspan dy=\"{}\">{letters}</tspan>", short(shift)),
            (false, true) => write!(spans, "{letters}"),
        };
    }
    spans
}

fn path(points: &[Point]) -> String {
    let mut path = String::new();
    for (i, (x, y)) in points.iter().enumerate() {
        let letter = if i == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{letter}{} {}", place(*x), place(*y));
    }
    path
}

fn paint(what: &str, colour: Colour) -> String {
    if colour.alpha < 1.0 {
        format!("{what}=\"{colour}\" {what}-opacity=\"{}\"", short(colour.alpha))
    } else {
        format!("{what}=\"{colour}\"")
    }
}

/// A place, to a tenth of a pixel: most of a picture is places.
fn place(x: f64) -> String {
    plain(&format!("{x:.1}"))
}

/// A length or share, to two decimals.
fn short(x: f64) -> String {
    plain(&format!("{x:.2}"))
}

/// A number without decimals that are zero.
fn plain(text: &str) -> String {
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
