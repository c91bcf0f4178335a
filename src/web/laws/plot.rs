//! The picture of a law: its main output along one of its inputs, the others held.

use super::evaluation::label;
use super::reach::Reach;
use crate::figure::{Axis, Band, Chart, Format, Grid, Label, Line, Margin, Mark, Note, Plan, Role};
use crate::figure::{decade, decade_above, power};
use crate::num;
use crate::units::{Unit, ascii, show};
use crate::web::evaluator;
use crate::web::reading::{FitEntry, LawEntry, VariableEntry};

/// What is over the picture.
pub const TITLE: &str = "The law along one input";
/// The value is asked for at so many points.
const POINTS: usize = 81;
/// How far the picture reaches beyond the runs and the point, as a factor.
const BEYOND: f64 = 10.0;
/// Values that differ by more than this factor are drawn on a logarithmic axis.
const WIDE: f64 = 20.0;
/// Values that differ by no more than this share of them are the same but for the rounding.
const FLAT: f64 = 1e-9;

/// From where to where a picture goes along an input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Its ends, the lower one first.
    pub ends: (f64, f64),
    /// Whether equal ratios are equally long.
    pub log: bool,
}

impl Span {
    /// The span that shows the runs behind a fit and the point, with room around both.
    pub fn of(variable: &VariableEntry, runs: Option<[f64; 2]>, at: f64) -> Self {
        let [low, high] = runs.unwrap_or([at, at]);
        let (low, high) = (num::min(low, at), num::max(high, at));
        if variable.unit != Unit::One && low > 0.0 {
            return Self {
                ends: (power(1, decade(low / BEYOND)), power(1, decade_above(high * BEYOND))),
                log: true,
            };
        }
        // A number without a unit is often a share, which means nothing beyond its ends.
        let ends = if low < high { (low, high) } else { (low - 0.5 * low.abs(), high + 0.5 * high.abs()) };
        let ends = if ends.0 < ends.1 { ends } else { (ends.0 - 1.0, ends.1 + 1.0) };
        Self { ends, log: false }
    }

    /// The points of the picture.
    pub fn points(self) -> Vec<f64> {
        let (low, high) = self.ends;
        if self.log {
            return Grid::positions(low, high, POINTS);
        }
        let step = (high - low) / (POINTS - 1) as f64;
        (0..POINTS).map(|at| if at + 1 == POINTS { high } else { low + step * at as f64 }).collect()
    }
}

/// How far the runs behind a fit reach in an input.
pub fn runs(fit: Option<&FitEntry>, variable: &VariableEntry) -> Option<[f64; 2]> {
    fit?.fitted_on.get(&variable.name).copied()
}

/// What is said where nothing can be drawn yet.
pub const WAITS: &str = "Once every field above has a value, the law is drawn here along one input.";

/// What a picture shows.
#[derive(Clone, Copy, Debug)]
pub struct Curve<'a> {
    /// The input along the bottom.
    pub over: &'a VariableEntry,
    /// The output.
    pub output: &'a VariableEntry,
    /// What the law says along the input, and how far.
    pub reach: &'a Reach,
    /// How far the runs behind the fit reach.
    pub runs: Option<[f64; 2]>,
    /// The point that is evaluated, and the value there.
    pub at: Option<(f64, f64)>,
    /// What the usual fit is called and says along the input, where another is chosen.
    pub usual: Option<(&'a str, &'a [f64])>,
}

/// The picture; nothing where no value is finite.
pub fn chart(curve: &Curve) -> Option<Chart> {
    let (over, output) = (curve.over, curve.output);
    let y = y_axis(curve)?;
    let name = phrase(output);
    let Reach { span, values, .. } = curve.reach;
    let line = |column: &str, values: &[f64]| {
        Line::new("law", column, span.points().into_iter().zip(values.iter().copied()).collect())
    };
    let mut marks: Vec<Mark> = range(curve, &y);
    let label = curve.usual.map_or(Label::default(), |_| Label::always("this fit"));
    marks.push(Mark::Line(Line { role: Role::Accent, weight: 2.0, label, ..line(&name, values) }));
    marks.extend(curve.usual.map(|(fit, values)| {
        let label = Label::always(fit);
        Mark::Line(Line { role: Role::Quiet, weight: 1.0, label, ..line(&format!("{name}, {fit}"), values) })
    }));
    marks.extend(curve.at.map(|at| {
        let text = format!("{} at {}", y.reads.value(at.1), show(at.0, over.unit).number());
        Mark::Plan(Plan {
            name: "point".to_owned(),
            at,
            column: name.clone(),
            label: Label::always(text),
            extra: None,
        })
    }));
    Some(Chart {
        title: TITLE.to_owned(),
        summary: summary(curve, y.reads),
        x: x_axis(curve),
        y,
        marks,
        margin: Margin::Bare,
    })
}

/// `Plot against tokens D, with N held at 70.0 B and S at 0.5.`: what follows the input that is chosen. Where the law
/// stops on the way is said too.
pub fn held(law: &LawEntry, over: usize, at: &[f64], reach: &Reach) -> String {
    held_at(law, over, at) + &law.inputs.get(over).map_or(String::new(), |input| reach.says(input.unit))
}

fn held_at(law: &LawEntry, over: usize, at: &[f64]) -> String {
    let held = law.inputs.iter().zip(at).enumerate().filter(|(input, _)| *input != over);
    let mut held = held.map(|(_, (input, value))| (&*input.name, amount(*value, input.unit)));
    let Some((name, value)) = held.next() else { return ".".to_owned() };
    let mut others: Vec<String> = held.map(|(name, value)| format!(", {name} at {value}")).collect();
    if let Some(last) = others.last_mut() {
        *last = last.replacen(',', " and", 1);
    }
    format!(", with {name} held at {value}{}.", others.concat())
}

/// An amount among words: a plain number as it reads, unless that is long.
fn amount(value: f64, unit: Unit) -> String {
    let plain = ascii(value);
    if unit == Unit::One && plain.len() <= 6 { plain } else { show(value, unit).number() }
}

/// What an amount is called along an axis: `tokens D`, `loss L`, `S`.
pub fn phrase(variable: &VariableEntry) -> String {
    let words = evaluator::name(variable.unit, &variable.counts);
    let mut letters = words.chars();
    let first = letters.next();
    // Letters that stand for words, as in FLOPs, keep their size, and so does a symbol that stands alone.
    if letters.clone().next().is_none_or(|second| !second.is_lowercase()) {
        return label(variable);
    }
    let symbol = &label(variable)[words.len()..];
    first.into_iter().flat_map(char::to_lowercase).chain(letters).chain(symbol.chars()).collect()
}

fn x_axis(curve: &Curve) -> Axis {
    let (over, span) = (curve.over, curve.reach.span);
    let name = axis_name(over);
    if span.log {
        let format = if over.unit == Unit::Flops { Format::Powers } else { Format::Quantity };
        return Axis::log(&name, over.unit.words(), span.ends, format);
    }
    let places = places(span.ends);
    Axis::linear(&name, over.unit.words(), span.ends, Format::Decimal(places))
}

fn y_axis(curve: &Curve) -> Option<Axis> {
    let shown = |values: &[f64]| {
        let all = values.iter().copied().chain(curve.at.map(|at| at.1)).filter(|value| value.is_finite());
        Some((all.clone().reduce(num::min)?, all.reduce(num::max)?))
    };
    let (mut low, mut high) = shown(&curve.reach.values)?;
    let (mut from, mut to) = shown(away_from_stops(curve.reach))?;
    if let Some(usual) = curve.usual.and_then(|(_, values)| shown(values)) {
        (low, high) = (num::min(low, usual.0), num::max(high, usual.1));
        (from, to) = (num::min(from, usual.0), num::max(to, usual.1));
    }
    let unit = curve.output.unit;
    let name = axis_name(curve.output);
    if low > 0.0 && to / from > WIDE {
        let format = if matches!(unit, Unit::Flops | Unit::One) { Format::Powers } else { Format::Quantity };
        return Some(Axis::log(
            &name,
            unit.words(),
            (power(1, decade(low)), power(1, decade_above(high))),
            format,
        ));
    }
    let flat = high - low <= FLAT * num::max(high.abs(), low.abs());
    let room = if flat { 0.5 * num::max(high.abs(), 1e-9) } else { 0.06 * (high - low) };
    let ends = (low - room, high + room);
    let word = if unit.is_loss() { "loss" } else { unit.words() };
    let format = match unit {
        Unit::Parameters | Unit::Tokens => Format::Quantity,
        Unit::Flops | Unit::FlopsPerToken => Format::Powers,
        _ => Format::Decimal(places(ends)),
    };
    let mut axis = Axis::linear(&name, word, ends, format);
    if unit.is_loss() {
        axis.reads = Format::Decimal(3);
    }
    Some(axis)
}

/// The values without those near an end at which the law stops: there it may fall to nothing, or grow without bound,
/// and one scale would be the wrong one for all the rest.
fn away_from_stops(reach: &Reach) -> &[f64] {
    let near = reach.values.len() / 10;
    let [low, high] = reach.stops.each_ref().map(|stop| if stop.is_some() { near } else { 0 });
    &reach.values[low..reach.values.len() - high]
}

/// What stands along an axis, with its unit: `tokens D`, `loss L, nats per token`.
fn axis_name(variable: &VariableEntry) -> String {
    match variable.unit {
        Unit::Flops => format!("{}, FLOPs", phrase(variable)),
        Unit::Parameters => format!("{}, parameters", phrase(variable)),
        unit if unit.is_loss() => format!("{}, {}", phrase(variable), unit.words()),
        _ => phrase(variable),
    }
}

/// Where the runs behind the fit lie.
fn range(curve: &Curve, y: &Axis) -> Vec<Mark> {
    let (bottom, top) = y.range;
    let Some([low, high]) = curve.runs else { return Vec::new() };
    let (low, high) = (num::max(low, curve.reach.span.ends.0), num::min(high, curve.reach.span.ends.1));
    if low >= high {
        return Vec::new();
    }
    let band = Band {
        name: "runs".to_owned(),
        column: "range".to_owned(),
        level: String::new(),
        x: vec![low, high],
        lower: vec![bottom, bottom],
        upper: vec![top, top],
        role: Role::Run,
    };
    let x = x_axis(curve);
    let inside = (x.value(x.share(low) + 0.01), y.value(0.94));
    let note = Note { at: inside, role: Role::Quiet, text: Label::always("range of the runs") };
    vec![Mark::Band(band), Mark::Note(note)]
}

/// The picture in words: where the line begins and ends, and the point.
fn summary(curve: &Curve, reads: Format) -> String {
    let Reach { span, values, .. } = curve.reach;
    let (from, to) = span.ends;
    let ends = [from, to].map(|end| show(end, curve.over.unit).number());
    let along = format!("{} from {} to {}", phrase(curve.over), ends[0], ends[1]);
    let name = phrase(curve.output);
    let goes = |values: &[f64]| {
        let finite = |value: &&f64| value.is_finite();
        let ends = [values.iter().find(finite)?, values.iter().rfind(finite)?].map(|end| reads.value(*end));
        Some(format!("goes from {} to {}.", ends[0], ends[1]))
    };
    let Some(change) = goes(values) else { return along };
    let usual = curve.usual.and_then(|(fit, values)| Some(format!(" By {fit} it {}", goes(values)?)));
    let point =
        curve.at.map(|(x, y)| format!(" At {} it is {}.", show(x, curve.over.unit).number(), reads.value(y)));
    let change = format!("Along {along}, {name} {change}");
    change + &point.unwrap_or_default() + &curve.reach.says(curve.over.unit) + &usual.unwrap_or_default()
}

/// Decimals that tell a hundredth of a span apart.
pub fn places((low, high): (f64, f64)) -> u8 {
    let step = (high - low) / 50.0;
    (0..8).find(|places| step >= power(1, -i32::from(*places))).unwrap_or(8)
}

#[cfg(test)]
mod tests {
    use super::super::evaluation::Evaluation;
    use super::*;
    use crate::figure::{Scale, Size, Svg};
    use crate::web::laws::reach::{Heard, Stop, by_usual, heard, reach};
    use crate::web::reading::read_laws;

    fn answered(question: &str) -> String {
        crate::ask::answer_text(question, &mut |_| ())
    }

    fn ask(question: &str) -> Heard {
        heard(answered(question).into())
    }

    #[test]
    fn every_law_is_drawn_along_every_input() {
        for law in read_laws(&answered(r#"{"laws":{}}"#)) {
            let example = law.fits.first().map(|fit| fit.example.clone()).unwrap_or_default();
            let text = |name: &str| example.get(name).map_or(String::new(), f64::to_string);
            let opening = Evaluation::opening(&law, text);
            let Some(at) = opening.point(&law) else { continue };
            for (over, variable) in law.inputs.iter().enumerate() {
                let runs = runs(opening.fit_of(&law), variable);
                let span = Span::of(variable, runs, at[over]);
                let reach = reach(&law, &opening, over, span, &mut ask).unwrap();
                let curve = Curve {
                    over: variable,
                    output: &law.outputs[0],
                    reach: &reach,
                    runs,
                    at: None,
                    usual: None,
                };
                let chart = chart(&curve).unwrap();
                assert!(Svg::inline(&chart, Size::new(680.0, 340.0, 1.0), "wide").contains("<svg"));
                assert_eq!(chart.table().rows.len(), reach.values.len());
                assert!(
                    reach.values.iter().all(|value| value.is_finite()),
                    "{} along {}",
                    law.id,
                    variable.name
                );
                let (low, high) = reach.span.ends;
                assert!(span.ends.0 <= low && low <= at[over] && at[over] <= high && high <= span.ends.1);
            }
        }
    }

    #[test]
    fn the_usual_fit_stays_in_grey_where_another_is_chosen() {
        let law = read_laws(&answered(r#"{"laws":{"only":["chinchilla"]}}"#)).remove(0);
        let opening = Evaluation::opening(&law, |name| if name == "N" { "70B" } else { "1.4T" }.to_owned());
        let other = Evaluation { fit: "hoffmann2022".to_owned(), ..opening.clone() };
        let span = Span { ends: (1e9, 1e13), log: true };
        assert_eq!(by_usual(&law, &opening, 1, span, &mut ask), Ok(None));
        let usual = by_usual(&law, &other, 1, span, &mut ask).unwrap().unwrap();
        let reach = reach(&law, &other, 1, span, &mut ask).unwrap();
        let (over, output) = (&law.inputs[1], &law.outputs[0]);
        let usual = Some((&*law.fits[0].name, &*usual));
        let chart = chart(&Curve { over, output, reach: &reach, runs: None, at: None, usual }).unwrap();
        assert_eq!(chart.table().head, ["", "tokens D", "loss L", "loss L, Refit of 240 runs"]);
        assert!(
            chart.summary.ends_with(" By Refit of 240 runs it goes from 2.962 to 1.935."),
            "{}",
            chart.summary
        );
    }

    #[test]
    fn the_scale_does_not_follow_an_end_or_the_rounding() {
        let law = VariableEntry { name: "x".to_owned(), unit: Unit::One, counts: String::new() };
        let span = Span { ends: (1.0, 2.0), log: false };
        let axis = |value: fn(f64) -> f64, stops| {
            let reach = Reach { span, values: span.points().into_iter().map(value).collect(), stops };
            y_axis(&Curve { over: &law, output: &law, reach: &reach, runs: None, at: None, usual: None })
                .unwrap()
        };
        let stop = Some(Stop { at: 2.0, open: None, condition: "x < 2".to_owned() });
        let falls = |x: f64| 2.001 - x;
        assert_eq!(axis(falls, [None, None]).scale, Scale::Log);
        assert_eq!(axis(falls, [None, stop]).scale, Scale::Linear);
        let flat = axis(|x| if x < 1.5 { 2.0 } else { 2.0 + 1e-15 }, [None, None]).range;
        assert!(flat.0 < 1.1 && flat.1 > 2.9, "{flat:?}");
    }

    #[test]
    fn a_symbol_without_words_keeps_its_letters() {
        let phrase = |name: &str, unit, counts: &str| {
            phrase(&VariableEntry { name: name.to_owned(), unit, counts: counts.to_owned() })
        };
        assert_eq!(
            ["N", "Size", "n_x", "alpha"].map(|name| phrase(name, Unit::One, "")),
            ["N", "Size", "n_x", "α"]
        );
        assert_eq!(phrase("D", Unit::Tokens, "tokens seen"), "tokens D");
        assert_eq!(phrase("F", Unit::One, "FLOPs of a step"), "FLOPs of a step F");
    }

    #[test]
    fn a_share_is_not_drawn_beyond_the_runs() {
        let share = VariableEntry { name: "S".to_owned(), unit: Unit::One, counts: String::new() };
        assert_eq!(Span::of(&share, Some([0.0, 0.98]), 0.5), Span { ends: (0.0, 0.98), log: false });
        assert_eq!(Span::of(&share, None, 0.5).ends, (0.25, 0.75));
        assert_eq!(Span::of(&share, None, 0.0).ends, (-1.0, 1.0));
    }

    #[test]
    fn sizes_are_drawn_a_decade_beyond_the_runs_and_the_point() {
        let size = VariableEntry { name: "N".to_owned(), unit: Unit::Parameters, counts: String::new() };
        let span = Span::of(&size, Some([57e6, 16e9]), 70e9);
        assert_eq!(span, Span { ends: (1e6, 1e12), log: true });
        assert_eq!(span.points().len(), POINTS);
    }
}
