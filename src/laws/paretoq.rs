//! Accuracy and perplexity of models of few bits, as a table.

use super::{BLANK, Kind, Law, SourcedTable, gives};
use crate::provenance::{ReadIn, Source};
use crate::units::{Unit, Variable};

/// "`ParetoQ`".
const LIU_2025: Source = Source {
    authors: "Liu et al.",
    year: 2025,
    title: "ParetoQ: Scaling Laws in Extremely Low-bit LLM Quantization",
    arxiv: "2502.02631",
    locator: "",
};

const README: &str = "README of facebookresearch/ParetoQ";
const SIZES: &[f64] = &[125e6, 350e6, 600e6, 1e9, 1.5e9];

/// One column of the table: by size, at one number of bits.
const fn column(name: &'static str, y: &'static [f64]) -> SourcedTable {
    SourcedTable { name, x: SIZES, y, source: LIU_2025.at(README), read_in: ReadIn::AuthorsCode(README) }
}

/// What models of one family reach in 1 to 4 bits and in bf16.
pub const PARETOQ: Law = Law {
    id: "paretoq",
    kind: Kind::Table,
    name: "ParetoQ: size against bits",
    answers: "the accuracy and perplexity of a MobileLLM of N parameters in b bits, and its bytes",
    formula: "accuracy = if(b >= 16, step(acc_16, N), if(b >= 4, step(acc_4, N), if(b >= 3, step(acc_3, N), \
              if(b >= 2, step(acc_2, N), if(b >= 1.58, step(acc_158, N), step(acc_1, N))))))\n\
              perplexity = if(b >= 16, step(ppl_16, N), if(b >= 4, step(ppl_4, N), if(b >= 3, step(ppl_3, \
              N), \
              if(b >= 2, step(ppl_2, N), if(b >= 1.58, step(ppl_158, N), step(ppl_1, N))))))\n\
              bytes = N * b / 8\n\
              where b >= 1",
    outputs: &[
        gives(Variable::own("accuracy", Unit::One, "mean accuracy on eight tasks, in per cent")),
        gives(Variable::own("perplexity", Unit::One, "perplexity on WikiText")),
        gives(Variable::own("bytes", Unit::Bytes, "bytes of the weights")),
    ],
    inputs: &[
        Variable::own("N", Unit::Parameters, "parameters, by the name of the model"),
        Variable::own("b", Unit::Bits, "bits of a weight: 1, 1.58, 2, 3, 4 or 16"),
    ],
    tables: &[
        column("acc_16", &[48.5, 54.8, 58.2, 62.1, 62.7]),
        column("acc_4", &[48.7, 55.0, 59.2, 62.5, 63.6]),
        column("acc_3", &[47.9, 54.7, 58.5, 61.3, 62.9]),
        column("acc_2", &[47.1, 52.8, 56.6, 61.0, 61.8]),
        column("acc_158", &[46.5, 51.4, 55.5, 58.5, 60.5]),
        column("acc_1", &[43.7, 47.6, 50.3, 53.8, 55.9]),
        column("ppl_16", &[15.1, 10.5, 9.1, 8.0, 7.9]),
        column("ppl_4", &[14.1, 10.3, 8.9, 7.9, 7.6]),
        column("ppl_3", &[15.0, 10.9, 9.4, 8.4, 8.0]),
        column("ppl_2", &[18.2, 12.5, 10.5, 9.2, 8.3]),
        column("ppl_158", &[20.0, 14.5, 11.5, 10.0, 9.0]),
        column("ppl_1", &[25.8, 17.0, 14.0, 12.8, 11.0]),
    ],
    source: LIU_2025.at(README),
    read_in: ReadIn::AuthorsCode(README),
    caveats: &[
        "between two rows it gives the lower one, in size as in bits; outside the table it says nothing",
        "with 100 B tokens on 125 M parameters the paper's best split was about 90 % in full precision and \
         10 % \
         with rounding simulated; qat-fraction replaces that rule",
        "from 3 bits on training repairs the weights, 10 to 20 % of them change; at 2 bits and fewer it \
         makes new \
         ones, about 40 % change",
    ],
    seeds: &[31],
    ..BLANK
};
