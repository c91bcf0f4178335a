//! Real shapes near the size of a plan: layers, width and heads, with what they hold and cost exactly.
//!
//! A law does not know shapes. So they are those of usual proportions whose size is nearest, and what is said of each is
//! what its size, which is never quite that of the plan, gives up.

use super::disagreement;
use super::json;
use super::limit::{self, Limit, Limited};
use super::question::Question;
use super::reading::{LawEntry, Plan, read_values};
use super::training::Training;
use super::words;
use crate::num::{cbrt, ceil, floor, max, min, round, sqrt};
use crate::units::{N_NON_EMBEDDING, N_TOTAL, Unit, Variable, decimals, percent, whole};

/// The width of a model by its layers, from and to: around the 51 to 90 of the models behind Chinchilla (Hoffmann et al. 2022,
/// appendix F) and the 102 of Chinchilla itself, which grow with size.
const PROPORTIONS: (f64, f64) = (64.0, 136.0);
/// The width of a gated feed-forward layer as a share of the model's: its three matrices hold as much as two of four times
/// the width (Shazeer 2020, "GLU Variants Improve Transformer", section 2).
const GATED: f64 = 8.0 / 3.0;
/// Feed-forward layers are as wide as a whole number of these.
const TILE: f64 = 256.0;
/// A round width is a whole number of so many steps.
const ROUND: f64 = 4.0;
/// So many depths are shown.
const SHOWN: usize = 6;

/// What all shapes have in common, as the reader says it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    vocabulary: f64,
    head: f64,
    /// As many as there are heads, unless the reader says.
    key_value_heads: Option<f64>,
    context: f64,
}

/// A shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    /// How many layers.
    pub layers: f64,
    /// The width of the model.
    pub width: f64,
    /// How many heads a layer has.
    pub heads: f64,
    /// The width of a feed-forward layer.
    pub feed_forward: f64,
}

/// A shape, with what it holds and costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counted {
    /// Which.
    pub shape: Shape,
    /// Its parameters, embeddings and norms among them.
    pub parameters: f64,
    /// Those that the law counts.
    pub size: f64,
    /// The tokens that the budget of the plan pays for.
    pub tokens: f64,
    /// The FLOPs of training on them, attention among them.
    pub flops: f64,
    /// The loss that the law foresees.
    pub loss: f64,
}

/// What the shapes are for.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    rules: Rules,
    size: f64,
    loss: f64,
    flops: f64,
    training: Training,
    /// The unit of the loss, where that is known.
    unit: Option<Unit>,
    /// Whether the law counts embeddings.
    with_embeddings: bool,
    /// What the limits leave.
    most_parameters: f64,
    most_tokens: f64,
}

impl Rules {
    /// The rules among what is said beside a budget.
    pub fn read(beside: &[Limit]) -> Self {
        let said = |on, usual| limit::amount(beside, on).unwrap_or(usual);
        Self {
            vocabulary: said(Limited::Vocabulary, 32_000.0),
            head: said(Limited::HeadWidth, 128.0),
            key_value_heads: limit::amount(beside, Limited::KeyValueHeads),
            context: limit::context(beside),
        }
    }

    /// The rules, in words.
    pub fn says(&self) -> String {
        let heads = match self.key_value_heads {
            None => String::new(),
            Some(heads) => format!(", {} of keys and values", whole(heads)),
        };
        format!(
            "Gated feed-forward layers, heads of {}{heads}, a vocabulary of {} not tied to the output, a context of {}.",
            whole(self.head),
            whole(self.vocabulary),
            whole(self.context)
        )
    }

    fn shape(&self, layers: f64, width: f64) -> Shape {
        Shape {
            layers,
            width,
            heads: width / self.head,
            feed_forward: TILE * max(round(GATED * width / TILE), 1.0),
        }
    }

    /// In which steps widths of about this one go: a sixteenth of the width or less, of whole heads, of which each of keys
    /// and values serves as many as the others.
    fn step(&self, width: f64) -> f64 {
        let heads = self.head * self.key_value_heads.unwrap_or(1.0);
        heads * power_of_two(width / (16.0 * heads))
    }

    /// Whether a width divides more often than others.
    fn is_round(&self, shape: &Shape) -> bool {
        let step = ROUND * self.step(shape.width);
        shape.width == step * floor(shape.width / step)
    }

    /// Shapes of about so many parameters: for each usual depth the two widths that lie around it, in fine and in coarse steps.
    fn near(&self, size: f64) -> Vec<Shape> {
        // A layer of width d holds about 12 d² parameters.
        let depth = |proportion: f64| cbrt(size / (12.0 * proportion * proportion));
        let (least, most) = (max(depth(PROPORTIONS.1), 1.0), depth(PROPORTIONS.0));
        let step = power_of_two(sqrt(least * most) / 10.0);
        let depths = std::iter::successors(Some(step * ceil(least / step)), |layers| Some(layers + step));
        let mut shapes = Vec::new();
        for layers in depths.take_while(|layers| *layers <= max(most, step * ceil(least / step))) {
            // The vocabulary is held twice.
            let embedded = 2.0 * self.vocabulary / (12.0 * layers);
            let width = sqrt(embedded * embedded / 4.0 + size / (12.0 * layers)) - embedded / 2.0;
            for step in [self.step(width), ROUND * self.step(width)] {
                let below = step * max(floor(width / step), 1.0);
                shapes.extend([below, below + step].map(|width| self.shape(layers, width)));
            }
        }
        shapes.dedup();
        shapes
    }
}

/// The largest power of two that is no larger, and at least one.
fn power_of_two(value: f64) -> f64 {
    std::iter::successors(Some(1.0), |power| Some(2.0 * power))
        .take_while(|power| *power <= max(value, 1.0))
        .last()
        .unwrap_or(1.0)
}

impl About {
    /// What the shapes of a plan are for; nothing where the plan has no size or loss, or is one of a law that does not count
    /// the parameters of a dense model.
    pub fn of(question: &Question, plan: &Plan, law: &LawEntry) -> Option<Self> {
        let size = law.inputs.iter().find(|input| input.unit == Unit::Parameters)?;
        let counts = |variable: Variable| size.counts == variable.convention.words();
        let with_embeddings = counts(N_TOTAL);
        let is_dense = law.inputs.iter().all(|input| !input.counts.contains("experts"));
        if !is_dense || !with_embeddings && !counts(N_NON_EMBEDDING) {
            return None;
        }
        let most =
            |on, per: f64| limit::amount(&question.limits, on).map_or(f64::INFINITY, |most| most / per);
        let bytes = limit::parameter_bytes(&question.limits);
        Some(Self {
            rules: Rules::read(&question.limits),
            size: plan.size()?,
            loss: plan.value?,
            flops: plan.flops?,
            training: question.training(),
            unit: plan.loss_unit(),
            with_embeddings,
            most_parameters: min(most(Limited::LargestSize, 1.0), most(Limited::Memory, bytes)),
            most_tokens: most(Limited::MostTokens, 1.0),
        })
    }

    /// What all of them have in common.
    pub fn rules(&self) -> Rules {
        self.rules
    }

    /// The shapes near it.
    pub fn near(&self) -> Vec<Shape> {
        self.rules.near(self.size)
    }

    /// The questions for the parameters of shapes with and without embeddings, and for the FLOPs of a token.
    pub fn questions(&self, shapes: &[Shape]) -> Vec<String> {
        const COUNTS: &str = "d, d_ff, n_layer, n_h, n_kv, d_h";
        let all = format!("law(gated-parameters; {COUNTS}, V) + (2 * n_layer + 1) * d");
        let inner = format!("{all} - 2 * d * V");
        // Attention over the past alone is half of that over all.
        let flops = format!("law(gated-flops; {COUNTS}, V, T) - 6 * T * n_h * d_h * n_layer");
        let context = ("T", json::number(self.rules.context));
        let questions = [(all, None), (inner, None), (flops, Some(context))];
        questions.map(|(formula, besides)| self.count(&formula, shapes, besides)).into()
    }

    fn count(&self, formula: &str, shapes: &[Shape], besides: Option<(&'static str, String)>) -> String {
        let Rules { vocabulary, head, key_value_heads, .. } = self.rules;
        let column =
            |of: &dyn Fn(&Shape) -> f64| json::list(shapes.iter().map(|shape| json::number(of(shape))));
        let mut at = vec![
            ("n_layer", column(&|shape| shape.layers)),
            ("d", column(&|shape| shape.width)),
            ("n_h", column(&|shape| shape.heads)),
            ("n_kv", column(&|shape| key_value_heads.map_or(shape.heads, |heads| min(heads, shape.heads)))),
            ("d_ff", column(&|shape| shape.feed_forward)),
            ("d_h", json::number(head)),
            ("V", json::number(vocabulary)),
        ];
        at.extend(besides);
        let law = json::object(&[("formula", json::string(formula))]);
        json::object(&[("predict", json::object(&[("law", law), ("at", json::object(&at))]))])
    }

    /// The shapes with what the answers count; losses are still to be asked.
    pub fn counted(&self, shapes: &[Shape], answers: &[impl AsRef<str>]) -> Option<Vec<Counted>> {
        let mut columns = answers.iter().map(|answer| read_values(answer.as_ref()));
        let mut next = || columns.next().flatten().filter(|values| values.len() == shapes.len());
        let (all, inner, of_a_token) = (next()?, next()?, next()?);
        let counted = shapes.iter().enumerate().map(|(at, &shape)| {
            let size = if self.with_embeddings { all[at] } else { inner[at] };
            let tokens = min(self.flops / self.training.of_token(size), self.most_tokens);
            let flops = of_a_token[at] * tokens;
            Counted { shape, parameters: all[at], size, tokens, flops, loss: f64::NAN }
        });
        // Those that no longer fit are no choice, however near they are.
        Some(counted.filter(|counted| counted.size <= self.most_parameters).collect())
    }

    /// The question for the losses of shapes.
    pub fn losses(&self, counted: &[Counted], question: &Question, plan: &Plan) -> Option<String> {
        let (sizes, tokens): (Vec<f64>, Vec<f64>) =
            counted.iter().map(|counted| (counted.size, counted.tokens)).unzip();
        question.predict(&sizes, &tokens, plan)
    }

    /// The shapes that are shown: of each depth the one of lowest loss, of these the best, and the best of round width;
    /// `losses` are of all of them.
    pub fn best(&self, counted: &[Counted], losses: &[f64]) -> Vec<Counted> {
        let with_loss = |(counted, &loss): (&Counted, &f64)| Counted { loss, ..*counted };
        let mut all: Vec<Counted> =
            counted.iter().zip(losses).map(with_loss).filter(|counted| counted.loss.is_finite()).collect();
        all.sort_by(|a, b| a.loss.total_cmp(&b.loss));
        let mut best: Vec<Counted> = Vec::new();
        for one in &all {
            if best.iter().all(|known| known.shape.layers != one.shape.layers) {
                best.push(*one);
            }
        }
        best.truncate(SHOWN);
        best.extend(all.into_iter().find(|one| self.rules.is_round(&one.shape)));
        best.sort_by(|a, b| {
            a.shape.layers.total_cmp(&b.shape.layers).then(b.shape.width.total_cmp(&a.shape.width))
        });
        best.dedup();
        best
    }

    /// The question for the least compute that reaches the loss of a shape; nothing where a plan depends on more than a budget.
    pub fn least(&self, of: &Counted, question: &Question) -> Option<String> {
        disagreement::least_by(question, of.size, of.tokens)
    }

    /// What a shape gives up: a share of the compute where `least` says how much would do, else loss.
    pub fn lost(&self, of: &Counted, least: Option<&str>) -> String {
        match least.and_then(|answer| disagreement::wasted(answer, self.flops)) {
            Some(share) if share < 1e-5 => "< 0.001\u{a0}%".to_owned(),
            Some(share) if share < 1e-3 => format!("{}\u{a0}%", decimals(100.0 * share, 3)),
            Some(share) => percent(share),
            None => words::of_loss(&decimals(max(of.loss - self.loss, 0.0), 4), self.unit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::answer_text;
    use crate::web::reading::read_laws;

    fn answer(question: &str) -> String {
        answer_text(question, &mut |_| {})
    }

    /// The shapes for the plan of a question, with what each gives up.
    fn shapes(question: &Question) -> Option<Vec<(Counted, String)>> {
        let plan = Plan::read(&answer(&question.allocate().unwrap())).unwrap();
        let laws = read_laws(&answer(&format!(r#"{{"laws":{{"only":["{}"]}}}}"#, question.law)));
        let about = About::of(question, &plan, &laws[0])?;
        let shapes = about.near();
        let answers: Vec<String> = about.questions(&shapes).iter().map(|question| answer(question)).collect();
        let counted = about.counted(&shapes, &answers).unwrap();
        let losses = read_values(&answer(&about.losses(&counted, question, &plan).unwrap())).unwrap();
        let lost = |of: Counted| {
            let least = about.least(&of, question).map(|least| answer(&least));
            (of, about.lost(&of, least.as_deref()))
        };
        Some(about.best(&counted, &losses).into_iter().map(lost).collect())
    }

    #[test]
    fn shapes_near_the_plan_are_counted_exactly() {
        let shapes = shapes(&Question::default()).unwrap();
        let find = |layers, width| {
            let here = |(of, _): &&(Counted, String)| of.shape.layers == layers && of.shape.width == width;
            shapes.iter().find(here).unwrap_or_else(|| panic!("{layers}, {width}: {shapes:#?}"))
        };
        let (of, lost) = find(80.0, 8704.0);
        assert_eq!((of.shape.heads, of.shape.feed_forward), (68.0, 23_296.0));
        // 80 (4 d² + 3 d f) + 2 V d + 161 d, by hand.
        assert_eq!((of.parameters, of.size), (73_465_946_624.0, 73_465_946_624.0));
        assert_eq!(lost, "< 0.001\u{a0}%");
        // 6 (N - V d - norms) + 6 n d T for a token.
        let (d, layers): (f64, f64) = (8704.0, 80.0);
        let of_a_token =
            6.0 * (of.parameters - 32_000.0 * d - (2.0 * layers + 1.0) * d) + 6.0 * layers * d * 4096.0;
        assert!((of.flops / (of_a_token * of.tokens) - 1.0).abs() < 1e-12);
        let (round, lost) = shapes.iter().find(|(of, _)| of.shape.width == 8192.0).unwrap();
        assert!(round.parameters < of.parameters && lost.ends_with('%') && !lost.starts_with('<'), "{lost}");
        assert!(shapes.len() <= SHOWN + 1 && shapes.is_sorted_by_key(|(of, _)| of.shape.layers as u64));
    }

    #[test]
    fn shapes_keep_to_the_limits_and_the_rules() {
        let said = |limits: &[(Limited, &str)], budget: &str| Question {
            limits: limits.iter().map(|&(on, text)| Limit { on, text: text.to_owned() }).collect(),
            budget: budget.to_owned(),
            ..Question::default()
        };
        let limits = [
            (Limited::Memory, "14 GB"),
            (Limited::KeyValueHeads, "8"),
            (Limited::HeadWidth, "64"),
            (Limited::Vocabulary, "128000"),
        ];
        for (of, lost) in shapes(&said(&limits, "1e23 FLOPs")).unwrap() {
            assert!(of.parameters <= 7e9 && of.parameters > 5e9, "{of:?}");
            let Shape { layers, width, heads, feed_forward } = of.shape;
            assert_eq!((heads * 64.0, heads % 8.0), (width, 0.0));
            let layer = 2.0 * width * width + 2.0 * width * 8.0 * 64.0 + 3.0 * width * feed_forward;
            assert_eq!(
                of.parameters,
                layers * layer + 2.0 * 128_000.0 * width + (2.0 * layers + 1.0) * width
            );
            assert!(lost.ends_with("nats"), "{lost}");
        }
        // From toys to the largest plans there are some.
        for budget in ["1e15 FLOPs", "1e18 FLOPs", "1e20 FLOPs", "1e28 FLOPs"] {
            let shapes = shapes(&said(&[], budget)).unwrap();
            assert!(shapes.len() >= 2, "{budget}: {shapes:?}");
        }
    }

    #[test]
    fn a_law_without_embeddings_is_met_without_them_and_one_of_experts_has_no_dense_shapes() {
        let question = Question {
            law: "pearce-loss".to_owned(),
            fit: crate::web::question::Fit::Published(String::new()),
            ..Question::default()
        };
        for (of, _) in shapes(&question).unwrap() {
            assert_eq!(of.parameters - of.size, 64_000.0 * of.shape.width);
        }
        let sparse = Question { law: "abnar".to_owned(), ..question };
        assert_eq!(shapes(&sparse), None);
    }
}
