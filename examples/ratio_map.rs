//! Draws how much smaller a model should be that will be used, after Figure 1 of Sardana et al. (2024): over the tokens that it
//! serves in its lifetime and the loss that it is to reach, its best size as a share of the best size without any use.
//!
//! ```sh
//! cargo run --release --example ratio_map > ratio_map.svg
//! ```

use isoflop::ask::answer_text;
use isoflop::figure::{
    Axis, Chart, Format, Grid, Label, Line, Margin, Mark, Place, Size, Svg, Theme, contour,
};
use serde_json::{Value, json};

/// Points along each side.
const POINTS: usize = 49;
const SERVED: (f64, f64) = (1e10, 1e15);
const LOSSES: (f64, f64) = (1.85, 2.4);
/// The shares that are drawn.
const SHARES: [f64; 6] = [0.95, 0.9, 0.8, 0.6, 0.4, 0.2];

fn main() {
    println!("{}", Svg::of(&chart(POINTS), &Theme::light(), Size::new(680.0, 440.0, 1.0), &notes()));
}

/// The best size in each cell of a sweep: the least compute, for training and for what is served, that reaches a loss.
fn sizes(axes: &Value, cost: &str) -> Vec<f64> {
    let solve = json!({"law": "sardana", "minimize": "cost", "cost": cost});
    let question = json!({"sweep": {"axes": axes, "solve": {"allocate": solve}, "outputs": ["N"]}});
    let answer: Value = serde_json::from_str(&answer_text(&question.to_string(), &mut |_| {})).expect("JSON");
    let sizes = answer["sweep"]["columns"]["N"]["value"].as_array().unwrap_or_else(|| panic!("{answer:#}"));
    sizes.iter().map(|size| size.as_f64().unwrap_or(f64::NAN)).collect()
}

/// For each loss and each number of tokens served the best size as a share of that of a model without use, in rows of one loss.
pub fn shares(losses: &[f64], served: &[f64]) -> Vec<f64> {
    let loss = json!({"of": "loss", "limit": "at_most", "values": losses});
    let unused = sizes(&json!([loss]), "6*N*D");
    let used = sizes(&json!([loss, {"of": "demand", "values": served}]), "6*N*D + 2*N*demand");
    used.iter().enumerate().map(|(cell, size)| size / unused[cell / served.len()]).collect()
}

fn chart(points: usize) -> Chart {
    let positions = |(low, high)| Grid::positions(low, high, points);
    let grid = Grid {
        x: positions(SERVED),
        y: positions(LOSSES),
        values: shares(&positions(LOSSES), &positions(SERVED)),
    };
    let line = |share: f64, points: Vec<(f64, f64)>| {
        Mark::Line(Line {
            label: Label::always(format!("{share}")),
            place: Place::Edge,
            ..Line::new(&format!("{share} of the size"), "loss", points)
        })
    };
    let lines = SHARES
        .iter()
        .flat_map(|share| contour(&grid, *share).into_iter().map(move |points| line(*share, points)));
    Chart {
        title: "How much smaller should a model be that will be used?".to_owned(),
        summary: "The more tokens a model serves, and the worse the loss it has to reach, the smaller it should be."
            .to_owned(),
        x: Axis::log("tokens served in its lifetime", "tokens", SERVED, Format::Quantity),
        y: Axis::linear("loss, nats per token", "nats per token", LOSSES, Format::Decimal(2)),
        marks: lines.collect(),
        margin: Margin::Values("share of the size".to_owned()),
    }
}

fn notes() -> [String; 2] {
    [
        "Best size as a share of the best without use, at the same loss; 6 N D to train, 2 N for each token served.".to_owned(),
        "Law and values of Sardana et al. (2024): equation 3, and appendix A as read second-hand.".to_owned(),
    ]
}
