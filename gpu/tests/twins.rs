//! Shaders beside the processor, on the device that is there: one in software will do.

use isoflop::ask::{OnGpu, answer_beside};
use isoflop::formula::{Dispatch, Kernel};
use isoflop::num::{max, pow};
use isoflop_gpu::{Given, Gpu};
use serde_json::{Value, json};

/// Numbers that look random, the same every time.
struct Seeded(u64);

impl Seeded {
    /// A number from zero to one.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low * pow(high / low, self.share())
    }
}

fn gpu() -> Gpu {
    pollster::block_on(Gpu::open()).expect("a device, or a driver in software such as mesa-vulkan-drivers")
}

fn run(gpu: &mut Gpu, kernel: &Kernel, dispatch: &Dispatch) -> Vec<u32> {
    let Dispatch { shape, inputs, rows } = dispatch;
    let given = Given { shape, inputs, workgroups: dispatch.workgroups(), numbers: kernel.outputs * rows };
    pollster::block_on(gpu.run(&kernel.text, &given)).unwrap()
}

/// The Answer by the device, with its numbers; nothing where there is no shader.
fn on_gpu(gpu: &mut Gpu, question: &str) -> Option<(Value, Vec<f64>)> {
    let mut sweep = OnGpu::open(question).unwrap_or_else(|refused| panic!("{refused}"))?;
    while let Some(given) = sweep.next_tile() {
        let kernels: Vec<_> = sweep.kernels().into_iter().cloned().collect();
        let pairs = kernels.iter().zip(&given);
        let told: Vec<Option<Vec<u32>>> =
            pairs.map(|(kernel, given)| given.as_ref().map(|given| run(gpu, kernel, given))).collect();
        assert!(sweep.take(&told), "a sample differs");
    }
    let (answer, numbers) = sweep.finish();
    Some((serde_json::from_str(&answer).unwrap(), numbers))
}

/// Both answers to a sweep: the columns of the processor and those of the device, by output.
fn both(gpu: &mut Gpu, sweep: &Value) -> (Vec<f64>, Vec<f64>) {
    let question = json!({ "sweep": sweep }).to_string();
    let (expected, of_processor) = answer_beside(&question, &mut |_| {});
    let (answer, of_device) = on_gpu(gpu, &question).unwrap_or_else(|| panic!("no shader for {question}"));
    let expected: Value = serde_json::from_str(&expected).unwrap();
    assert_eq!(expected["engine"], "cpu", "{expected:#}");
    assert_eq!(answer["engine"], "webgpu");
    for same in ["axes", "shape", "units"] {
        assert_eq!(answer["sweep"][same], expected["sweep"][same], "{same}");
    }
    assert_eq!(of_processor.len(), of_device.len());
    (of_processor, of_device)
}

/// The largest relative difference, each of what is left of a number above `floor`; a number that only one side has is no
/// difference that is small.
fn apart(of_processor: &[f64], of_device: &[f64], floor: f64) -> f64 {
    let pairs = of_processor.iter().zip(of_device);
    pairs.fold(0.0, |worst: f64, (expected, found)| {
        let both = [expected.is_nan(), found.is_nan()];
        assert_eq!(both[0], both[1], "{expected} and {found}");
        if both[0] { worst } else { max(worst, (found - expected).abs() / (expected - floor).abs()) }
    })
}

/// How near sizes and tokens of plans are to be, and what is left of losses above the least there is.
const SIZES: f64 = 1e-3;
const LOSSES: f64 = 1e-5;

/// A law over two axes, and its irreducible loss.
struct Surface {
    predict: Value,
    axes: [(&'static str, f64, f64, &'static str); 2],
    floor: f64,
}

fn typed(formula: &str) -> Value {
    json!({"law": {"formula": formula}, "fit": {"parameters": {"E": 1.5, "a": 390.0, "b": 2e4}}, "at": {}})
}

/// What varies along both axes, or along one and the draws, in every law: the rest stays on the processor.
fn surfaces() -> Vec<Surface> {
    let sizes = ("N", 1e7, 1e12, "log");
    let tokens = ("D", 1e9, 1e14, "log");
    let surface = |predict, axes, floor| Surface { predict, axes, floor };
    vec![
        surface(
            json!({"law": "chinchilla", "fit": "refit-240", "at": {"D": 1e12}}),
            [sizes, ("alpha", 0.3, 0.4, "linear")],
            1.8172,
        ),
        surface(json!({"law": "kaplan-size-and-data", "at": {}}), [sizes, tokens], 0.0),
        surface(
            json!({"law": "muennighoff", "at": {"N": 3e9}}),
            [tokens, ("D_unique", 1e9, 1e12, "log")],
            1.8691436744,
        ),
        surface(
            json!({"law": "muennighoff", "at": {"D": 1e12}}),
            [sizes, ("D_unique", 1e9, 1e12, "log")],
            1.8691436744,
        ),
        surface(
            json!({"law": "abnar", "at": {"D": 1e11, "S": 0.8}}),
            [sizes, ("gamma", 0.1, 0.25, "linear")],
            0.94,
        ),
        surface(
            json!({"law": "kumar", "at": {"D": 1e11, "P_a": 8, "P_kv": 6}}),
            [sizes, ("P_w", 3.0, 16.0, "linear")],
            2.7,
        ),
        surface(typed("E + a / N^0.31 + b * sqrt(N) / (1e6 + log1p(D / N) * N^0.6)^2"), [sizes, tokens], 1.5),
        // Implicit, as laws of mixtures are.
        surface(
            typed("solve(L in 1.6..60: (L - E) * sqrt(L) = a / N^0.31 + b / D^0.4)"),
            [sizes, tokens],
            1.5,
        ),
    ]
}

/// An axis of so many steps within another, of a factor or a share of it.
fn within(seeded: &mut Seeded, (of, low, high, scale): (&str, f64, f64, &str), steps: usize) -> Value {
    let ends = [seeded.share(), seeded.share()];
    let at =
        |share: f64| if scale == "log" { low * pow(high / low, share) } else { low + (high - low) * share };
    let (from, to) = (at(0.5 * ends[0]), at(0.6 + 0.4 * ends[1]));
    json!({"of": of, "from": from, "to": to, "steps": steps, "scale": scale})
}

#[test]
fn losses_agree_over_seeded_grids() {
    let (mut gpu, mut seeded) = (gpu(), Seeded(7));
    for Surface { predict, axes, floor } in surfaces() {
        let mut worst: f64 = 0.0;
        for _ in 0..4 {
            let axes = [within(&mut seeded, axes[0], 67), within(&mut seeded, axes[1], 41)];
            let sweep = json!({"axes": axes, "solve": {"predict": predict}});
            let (expected, found) = both(&mut gpu, &sweep);
            worst = max(worst, apart(&expected, &found, floor));
        }
        println!("{}: {worst:e}", predict["law"]);
        assert!(worst <= LOSSES, "{}: {worst:e}", predict["law"]);
    }
}

#[test]
fn losses_agree_at_the_best_size_and_a_decade_to_either_side() {
    let (mut gpu, mut seeded) = (gpu(), Seeded(11));
    let fit = json!({"parameters": {"E": 1.8172, "A": 477.8, "alpha": 0.347, "B": 2143.0, "beta": 0.367, "s": 0.0}});
    let law = json!({"formula": "best = (alpha * A / (beta * B))^(1 / (alpha + beta)) * (C / 6)^(beta / (alpha + beta))\nN = best * exp(s)\nE + A / N^alpha + B / (C / (6 * N))^beta"});
    for _ in 0..8 {
        let budget = json!({"of": "C", "from": seeded.between(1e18, 1e21), "to": seeded.between(1e24, 1e27), "steps": 61, "scale": "log"});
        let aside = json!({"of": "s", "from": -2.31, "to": 2.31, "steps": 47, "scale": "linear"});
        let sweep =
            json!({"axes": [budget, aside], "solve": {"predict": {"law": law, "fit": fit, "at": {}}}});
        let (expected, found) = both(&mut gpu, &sweep);
        let worst = apart(&expected, &found, 1.8172);
        println!("{worst:e}");
        assert!(worst <= LOSSES, "{worst:e}");
    }
}

/// A fit with draws within a hundredth of its values.
fn drawn(seeded: &mut Seeded, values: &[(&str, f64)], count: usize) -> Value {
    let mut draws = serde_json::Map::new();
    for (name, value) in values {
        let column: Vec<f64> = (0..count).map(|_| value * (0.99 + 0.02 * seeded.share())).collect();
        draws.insert((*name).to_owned(), column.into());
    }
    let parameters: serde_json::Map<String, Value> =
        values.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
    json!({ "parameters": parameters, "draws": draws })
}

#[test]
fn plans_agree_over_seeded_grids() {
    let (mut gpu, mut seeded) = (gpu(), Seeded(13));
    let chinchilla = [("E", 1.82), ("A", 477.8), ("alpha", 0.347), ("B", 2143.0), ("beta", 0.367)];
    let kaplan = [("N_c", 6.4e13), ("alpha_N", 0.076), ("D_c", 1.8e13), ("alpha_D", 0.103)];
    let serving = json!({"of": "demand", "from": 1e9, "to": 1e14, "steps": 17, "scale": "log"});
    for (law, values, floor, cost) in [
        (json!("chinchilla"), &chinchilla[..], 1.82, "6*N*D"),
        (json!("chinchilla"), &chinchilla[..], 1.82, "6*N*D + 2*N*demand"),
        (json!("kaplan-size-and-data"), &kaplan[..], 0.0, "6*N*D"),
        (json!("kaplan-size-and-data"), &kaplan[..], 0.0, "6*N*D + 2*N*demand"),
        (json!({"formula": "E + A / N^alpha + (B / D + 1e9 / N)^beta"}), &chinchilla[..], 1.82, "6*N*D"),
    ] {
        let mut solve = json!({"law": law, "fit": drawn(&mut seeded, values, 30), "cost": cost});
        let budget = json!({"of": "budget", "from": seeded.between(1e18, 1e20), "to": seeded.between(1e24, 1e26), "steps": 43, "scale": "log"});
        let mut axes = vec![budget];
        if cost.contains("demand") {
            axes.push(serving.clone());
        }
        let outputs = |names: &[&str]| json!({"axes": axes, "solve": {"allocate": solve}, "outputs": names, "quantiles": [0.05, 0.5, 0.95]});
        let (expected, found) = both(&mut gpu, &outputs(&["N", "D"]));
        let sizes = apart(&expected, &found, 0.0);
        let (expected, found) = both(&mut gpu, &outputs(&["loss"]));
        let losses = apart(&expected, &found, floor * 0.985);
        println!("{law}, {cost}: {sizes:e}, {losses:e}");
        assert!(sizes <= SIZES && losses <= LOSSES, "{law}, {cost}: {sizes:e}, {losses:e}");
        solve.take();
    }
}
