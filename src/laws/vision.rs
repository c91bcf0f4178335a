//! Images: pixels, patches and compression.

use super::{BLANK, Kind, Law, SourcedTable, exponent, gives_as, positive, within};
use crate::provenance::{ReadIn, Source};
use crate::units::{C_TRAIN, N_TOTAL, Unit, Variable};

const YAN_2025: Source = Source {
    authors: "Yan et al.",
    year: 2025,
    title: "Rethinking generative image pretraining: How far are we from scaling up next-pixel prediction?",
    arxiv: "2511.08704",
    locator: "",
};

const LI_2025: Source = Source {
    authors: "Li et al.",
    year: 2025,
    title: "Scaling Learned Image Compression Models up to 1 Billion",
    arxiv: "2508.09075",
    locator: "",
};

const WANG_2025: Source = Source {
    authors: "Wang et al.",
    year: 2025,
    title: "Scaling Laws in Patchification: An Image Is Worth 50,176 Tokens And More",
    arxiv: "2502.03738",
    locator: "",
};

const RATIO: Variable = Variable::own("ratio", Unit::TokensPerParameter, "best tokens per parameter");

/// When compute will have grown enough.
pub const NEXT_PIXEL_YEARS: Law = Law {
    id: "next-pixel-years",
    name: "Next-pixel prediction, years to wait",
    answers: "in how many years a training of C_needed FLOPs is within reach of who can train C_now today",
    formula: "ln(C_needed / C_now) / ln(growth)\nwhere growth > 1",
    outputs: &[gives_as("years", Variable::own("years", Unit::One, "years from now"))],
    inputs: &[
        Variable::own("C_needed", Unit::Flops, "compute of the training that is wanted"),
        Variable::own("C_now", Unit::Flops, "compute that is affordable now"),
        Variable::own("growth", Unit::One, "growth of affordable compute per year, such as 4 to 5"),
    ],
    source: YAN_2025.at("abstract"),
    caveats: &[
        "the paper expects compute to grow 4 to 5 times a year, and next-pixel models within five years",
    ],
    ..PIXELS
};

/// How many more tokens per parameter pixels want than text.
pub const NEXT_PIXEL_RATIO: Law = Law {
    id: "next-pixel-ratio",
    name: "Next-pixel prediction, tokens per parameter",
    answers: "the best tokens per parameter for raw pixels, from that for text",
    formula: "ratio_low = 10 * text_ratio\nratio_high = 20 * text_ratio",
    outputs: &[gives_as("ratio_low", RATIO), gives_as("ratio_high", RATIO)],
    inputs: &[Variable::own("text_ratio", Unit::TokensPerParameter, "best tokens per parameter for text")],
    source: YAN_2025.at("the comparison with language"),
    caveats: &[
        "10 to 20 times those of language; data for generation should grow 3 to 5 times faster than for \
         classification",
        "IsoFLOP profiles up to 7e19 FLOPs from 32 by 32 pixels upward; the exponents of each resolution \
         were not read",
    ],
    ..PIXELS
};

const PIXELS: Law = Law { kind: Kind::Rule, seeds: &[44], ..BLANK };

const RD_LOSS: Variable = Variable::own("L", Unit::One, "rate-distortion loss on the test set");

/// Rate and distortion by size.
pub const COMPRESSION_BY_SIZE: Law = Law {
    id: "compression-by-size",
    name: "Learned image compression, by size",
    answers: "the rate-distortion loss of an image compressor of N parameters",
    formula: "E + A / N^alpha",
    inputs: &[N_TOTAL],
    parameters: &[within("E", Unit::One, 0.0, 1e6), positive("A", Unit::One), exponent("alpha")],
    source: LI_2025.at("the power law in parameters"),
    ..COMPRESSION
};

/// Rate and distortion by compute.
pub const COMPRESSION_BY_COMPUTE: Law = Law {
    id: "compression-by-compute",
    name: "Learned image compression, by compute",
    answers: "the rate-distortion loss of the best image compressor for C FLOPs",
    formula: "E + A / C^alpha",
    inputs: &[C_TRAIN],
    parameters: &[within("E", Unit::One, 0.0, 1e6), positive("A", Unit::One), exponent("alpha")],
    source: LI_2025.at("the power law in optimal compute"),
    ..COMPRESSION
};

const COMPRESSION: Law = Law {
    kind: Kind::Loss,
    outputs: &[gives_as("L", RD_LOSS)],
    caveats: &[
        "five sizes, 68.5 M to 1 B; the constants were not read: fit your own runs",
        "E is zero for a plain power law",
        "second-hand: against VTM-22.0 the 1 B model saves 24.21 % of the rate on Kodak, 23.41 % on CLIC \
         Pro and 25.68 % on Tecnick",
    ],
    seeds: &[40],
    ..BLANK
};

/// Tokens of an image.
pub const PATCH_TOKENS: Law = Law {
    id: "patch-tokens",
    name: "Tokens of an image",
    answers: "how many tokens a square image of H pixels a side has in patches of p pixels a side",
    formula: "(H / p)^2",
    outputs: &[gives_as("tokens", Variable::own("tokens", Unit::Tokens, "tokens of one image"))],
    inputs: &[SIDE, Variable::own("p", Unit::One, "pixels of a patch's side")],
    source: WANG_2025.at("title and abstract"),
    caveats: &["smaller patches keep helping down to single pixels; the paper fits no law of how much"],
    ..PATCHES
};

/// Accuracy with patches of one pixel.
pub const PATCH_ONE_ACCURACY: Law = Law {
    id: "patch-one-accuracy",
    kind: Kind::Table,
    name: "Accuracy with patches of one pixel",
    answers: "the top-1 accuracy on ImageNet of models that see every pixel as a token, by image side",
    formula: "base = step(of_base, H)\nsmall = step(of_small, H)\ntiny = step(of_tiny, H)",
    outputs: &[gives_as("base", TOP_1), gives_as("small", TOP_1), gives_as("tiny", TOP_1)],
    inputs: &[SIDE],
    tables: &[
        by_side("of_base", &[80.9, 82.4, 84.6]),
        by_side("of_small", &[80.5, 81.4, 83.8]),
        by_side("of_tiny", &[77.4, 80.7, 81.9]),
    ],
    source: WANG_2025.at("README of wangf3014/Patch_Scaling"),
    read_in: CODE,
    caveats: &["64, 128 and 224 pixels; a side between them gets the values of the smaller"],
    ..PATCHES
};

const SIDE: Variable = Variable::own("H", Unit::One, "pixels of the image's side");
const TOP_1: Variable = Variable::own("accuracy", Unit::One, "top-1 accuracy on ImageNet, in percent");
const CODE: ReadIn = ReadIn::AuthorsCode("README of wangf3014/Patch_Scaling");

const PATCHES: Law = Law { kind: Kind::Rule, seeds: &[109], ..BLANK };

const fn by_side(name: &'static str, y: &'static [f64]) -> SourcedTable {
    SourcedTable {
        name,
        x: &[64.0, 128.0, 224.0],
        y,
        source: WANG_2025.at("README of wangf3014/Patch_Scaling"),
        read_in: CODE,
    }
}
