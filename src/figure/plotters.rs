//! Drawing through any plotters backend, such as the canvas of a page.
//!
//! Plotters backends take whole pixels, know no dashes and no rims, and plotters itself measures
//! text by adding styled elements to the page, which a strict content policy forbids. So this layer
//! speaks to the backend alone, breaks lines itself and measures with its own table.

use std::convert::Infallible;

use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontFamily,
    FontStyle,
};

use super::clip;
use super::surface::{Anchor, Halo, Ink, Point, Stroke, Surface};
use super::text::{self, Piece, RAISED_BY, RAISED_SIZE};
use super::theme::{Colour, Face};

/// Around a letter, the places where its rim is drawn, in units of its radius: a circle of eight.
const RIM: [Point; 8] =
    [(1.0, 0.0), (0.7, 0.7), (0.0, 1.0), (-0.7, 0.7), (-1.0, 0.0), (-0.7, -0.7), (0.0, -1.0), (0.7, -0.7)];
/// The widest rim that one circle of letters fills.
const RIM_STROKE: f64 = 1.5;

/// A plotters backend as a [`Surface`].
///
/// `grain` is how many whole units of the backend make a CSS pixel. For a canvas, give the context
/// a scale and the backend a finer grain, and lines lie where they belong, to an eighth of a pixel:
///
/// ```text
/// canvas.width = css_width * ratio                 // ratio = devicePixelRatio, at most 3
/// context.set_transform(1/8, 0, 0, 1/8, 0, 0)      // eight units to a device pixel
/// Plotters::new(&mut backend, 8.0 * ratio, theme.face.clone(), &|matrix| …)
/// ```
pub struct Plotters<'a, DB> {
    backend: &'a mut DB,
    grain: f64,
    face: Face,
    turn: Turn<'a>,
}

/// Draws from here on with a matrix (a, b, c, d, e, f, as of a canvas) in units of the backend; with none, as before.
pub type Turn<'a> = &'a dyn Fn(Option<[f64; 6]>);

impl<'a, DB: DrawingBackend> Plotters<'a, DB> {
    /// Draws on a backend with `grain` units to a CSS pixel. Backends turn text by quarters: `turn` turns what they draw on.
    pub fn new(backend: &'a mut DB, grain: f64, face: Face, turn: Turn<'a>) -> Self {
        Self { backend, grain, face, turn }
    }

    fn unit(&self, length: f64) -> i32 {
        (length * self.grain).round() as i32
    }

    fn coord(&self, (x, y): Point) -> BackendCoord {
        (self.unit(x), self.unit(y))
    }

    fn pen(&self, stroke: Stroke) -> Pen {
        Pen { colour: backend_colour(stroke.colour), weight: self.unit(stroke.weight).max(1).unsigned_abs() }
    }

    /// Hairlines along an axis: `plotters-canvas` moves them by half a unit to make them crisp,
    /// which is right for an odd weight at a coarse grain, and unseen at a fine one.
    fn hairline(&mut self, from: Point, to: Point, pen: &Pen) -> Drawn<DB> {
        let half = 0.5 / self.grain;
        let nudge = |(x, y): Point| if from.0 == to.0 { (x + half, y) } else { (x, y + half) };
        let (from, to) = (self.coord(nudge(from)), self.coord(nudge(to)));
        self.backend.draw_line(from, to, pen)
    }

    fn path(&mut self, points: &[Point], pen: &Pen) -> Drawn<DB> {
        if let [from, to] = points
            && (from.0 == to.0 || from.1 == to.1)
            && pen.weight % 2 == 1
        {
            return self.hairline(*from, *to, pen);
        }
        let coords: Vec<BackendCoord> = points.iter().map(|p| self.coord(*p)).collect();
        self.backend.draw_path(coords, pen)
    }

    fn letters(&mut self, at: Point, text: &str, colour: Colour, ink: Ink) -> Drawn<DB> {
        let middle = (at.0, at.1 - self.face.middle * ink.size);
        let at = self.coord(middle);
        let style = Letters { face: &self.face, ink, colour: backend_colour(colour), grain: self.grain };
        self.backend.draw_text(text, &style, at)
    }

    /// Letters in the colour of paper, all around; a wide rim is two.
    fn rim(&mut self, at: Point, piece: &Piece, ink: Ink, halo: Halo) -> Drawn<DB> {
        let inner = (halo.radius > RIM_STROKE).then_some(halo.radius / 2.0);
        for radius in inner.into_iter().chain([halo.radius]) {
            for (dx, dy) in RIM {
                let beside = (at.0 + dx * radius, at.1 + dy * radius);
                self.letters(beside, &piece.text, halo.colour, ink)?;
            }
        }
        Ok(())
    }

    fn piece(&mut self, at: Point, piece: &Piece, ink: Ink) -> Drawn<DB> {
        let (at, ink) = if piece.raised { raised(at, ink) } else { (at, ink) };
        if let Some(halo) = ink.halo {
            self.rim(at, piece, ink, halo)?;
        }
        self.letters(at, &piece.text, ink.colour, ink)
    }

    /// Asks the backend, whose default asks the table; a page may override it with `measureText`.
    fn piece_width(&self, piece: &Piece, ink: Ink) -> f64 {
        let sized = if piece.raised { raised((0.0, 0.0), ink).1 } else { ink };
        let style =
            Letters { face: &self.face, ink: sized, colour: backend_colour(ink.colour), grain: self.grain };
        match self.backend.estimate_text_size(&piece.text, &style) {
            Ok((width, _)) => f64::from(width) / self.grain,
            Err(_) => text::piece_width(piece, ink) * self.face.breadth,
        }
    }
}

type Drawn<DB> = Result<(), DrawingErrorKind<<DB as DrawingBackend>::ErrorType>>;

impl<DB: DrawingBackend> Surface for Plotters<'_, DB> {
    type Error = DrawingErrorKind<DB::ErrorType>;

    fn stroke(&mut self, points: &[Point], stroke: Stroke) -> Result<(), Self::Error> {
        let pen = self.pen(stroke);
        match stroke.dash.pattern() {
            [] => self.path(points, &pen),
            pattern => clip::dashes(points, pattern).iter().try_for_each(|dash| self.path(dash, &pen)),
        }
    }

    fn fill(&mut self, polygon: &[Point], colour: Colour) -> Result<(), Self::Error> {
        let coords: Vec<BackendCoord> = polygon.iter().map(|p| self.coord(*p)).collect();
        self.backend.fill_polygon(coords, &backend_colour(colour))
    }

    fn dot(&mut self, centre: Point, radius: f64, colour: Colour) -> Result<(), Self::Error> {
        let radius = self.unit(radius).max(1).unsigned_abs();
        self.backend.draw_circle(self.coord(centre), radius, &backend_colour(colour), true)
    }

    fn leaning(&mut self, at: Point, along: Point, text: &str, ink: Ink) -> Result<(), Self::Error> {
        let (x, y) = (at.0 * self.grain, at.1 * self.grain);
        (self.turn)(Some([along.0, along.1, -along.1, along.0, x, y]));
        let done = self.text((0.0, 0.0), Anchor::Middle, text, ink);
        (self.turn)(None);
        done
    }

    fn text(&mut self, at: Point, anchor: Anchor, text: &str, ink: Ink) -> Result<(), Self::Error> {
        let mut x = at.0 - anchor.shift(self.width(text, ink));
        for piece in text::pieces(text) {
            self.piece((x, at.1), &piece, ink)?;
            x += self.piece_width(&piece, ink);
        }
        Ok(())
    }

    fn width(&self, text: &str, ink: Ink) -> f64 {
        text::pieces(text).iter().map(|piece| self.piece_width(piece, ink)).sum()
    }
}

/// Where and how a raised piece is set whose line stands at `at`.
fn raised(at: Point, ink: Ink) -> (Point, Ink) {
    let size = ink.size * RAISED_SIZE;
    ((at.0, at.1 - RAISED_BY * size), Ink { size, ..ink })
}

fn backend_colour(colour: Colour) -> BackendColor {
    BackendColor { alpha: colour.alpha, rgb: colour.rgb }
}

struct Pen {
    colour: BackendColor,
    weight: u32,
}

impl BackendStyle for Pen {
    fn color(&self) -> BackendColor {
        self.colour
    }

    fn stroke_width(&self) -> u32 {
        self.weight
    }
}

struct Letters<'a> {
    face: &'a Face,
    ink: Ink,
    colour: BackendColor,
    grain: f64,
}

impl BackendTextStyle for Letters<'_> {
    type FontError = Infallible;

    fn color(&self) -> BackendColor {
        self.colour
    }

    fn size(&self) -> f64 {
        self.ink.size * self.grain
    }

    fn style(&self) -> FontStyle {
        if self.ink.bold { FontStyle::Bold } else { FontStyle::Normal }
    }

    fn anchor(&self) -> Pos {
        Pos::new(HPos::Left, VPos::Center)
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(&self.face.family)
    }

    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Infallible> {
        let width = text::width(text, self.ink) * self.face.breadth * self.grain;
        Ok(((0, 0), (width.round() as i32, self.size().round() as i32)))
    }

    /// Only for backends that cannot write; none of those is used.
    fn draw<E, F: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        _text: &str,
        _pos: BackendCoord,
        _draw: F,
    ) -> Result<Result<(), E>, Infallible> {
        Ok(Ok(()))
    }
}
