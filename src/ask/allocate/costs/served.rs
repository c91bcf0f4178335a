//! What serving costs: FLOPs, hours, dollars and bytes.

use super::demand::Demand;
use super::facts::amount;
use super::rented::{Rented, Wanted};
use super::{Costs, SERVING, SERVING_DOLLARS, SERVING_HOURS, SERVING_MEMORY, TOTAL, TRAINING};
use crate::ask::allocate::{AllocateQuestion, AskedServing};
use crate::ask::{AskError, Asking, LawChoice};
use crate::formula::Formula;
use crate::hardware::{GENERATION, PROMPT};
use crate::laws::{self, Law};
use crate::units::{Convention, D_SEEN, N_TOTAL, Unit, ascii};

const PATH: &str = "allocate.serving";

impl Costs {
    /// Adds what serving makes of the variables; on the devices that train unless others are given.
    pub(super) fn serving(
        &mut self,
        question: &AllocateQuestion,
        trained: Option<Rented>,
        asking: &mut Asking,
    ) -> Result<(), AskError> {
        let Some(asked) = question.serving.as_deref() else { return Ok(()) };
        let demand = Demand::read(asked, asking)?;
        let active = active(&question.law);
        self.define(SERVING, Unit::Flops, &format!("2 * {active} * {}", ascii(demand.tokens)))?;
        self.define(TOTAL, Unit::Flops, &format!("{TRAINING} + {SERVING}"))?;
        let rented = self.rented_to_serve(asked, trained, asking)?;
        if let (Some(parts), Some(rented)) = (demand.parts, rented) {
            self.serving_hours(asked, parts, &active, rented, asking)?;
        }
        self.serving_memory(asked, &question.law, asking)
    }

    /// The devices that serve, if any are known.
    fn rented_to_serve(
        &mut self,
        asked: &AskedServing,
        trained: Option<Rented>,
        asking: &mut Asking,
    ) -> Result<Option<Rented>, AskError> {
        let Some(hardware) = &asked.hardware else { return Ok(trained) };
        let path = format!("{PATH}.hardware");
        let wanted = Wanted {
            device: hardware.device.as_deref().map(|name| (name, format!("{path}.device"))),
            precision: hardware.precision,
            peak: hardware.peak.as_ref(),
            price: hardware.price.as_ref(),
            path: &path,
        };
        wanted.rent(trained, &mut self.facts, asking).map(Some)
    }

    /// Adds the hours that reading and writing take, and what they cost.
    fn serving_hours(
        &mut self,
        asked: &AskedServing,
        [prompt, output]: [f64; 2],
        active: &str,
        rented: Rented,
        asking: &mut Asking,
    ) -> Result<(), AskError> {
        let facts = &mut self.facts;
        let reading =
            facts.share(asked.prefill_mfu.as_ref(), &format!("{PATH}.prefill_mfu"), &PROMPT, asking)?;
        let writing =
            facts.share(asked.decode_mfu.as_ref(), &format!("{PATH}.decode_mfu"), &GENERATION, asking)?;
        // Both are bound by a share of the peak here, so the law of reading has the seconds of both.
        let seconds = |tokens: f64, share: f64| {
            let [tokens, share, peak] = [tokens, share, rented.peak].map(ascii);
            format!("law(prefill-time; {active}, {tokens}, {share}, {peak})")
        };
        let hours = format!("({} + {}) / 3600", seconds(prompt, reading), seconds(output, writing));
        self.define(SERVING_HOURS, Unit::DeviceHours, &hours)?;
        match rented.price {
            Some(price) => {
                self.define(SERVING_DOLLARS, Unit::Dollars, &format!("{} * {SERVING_HOURS}", ascii(price)))
            }
            None => Ok(()),
        }
    }

    /// Adds the bytes of weights and cache, where both are given and the law counts all parameters.
    fn serving_memory(
        &mut self,
        asked: &AskedServing,
        law: &LawChoice,
        asking: &mut Asking,
    ) -> Result<(), AskError> {
        let (Some(bits), Some(cache)) = (&asked.bits, &asked.cache) else { return Ok(()) };
        let bits = amount(bits, Unit::Bits, &format!("{PATH}.bits"), asking)?;
        let cache = amount(cache, Unit::Bytes, &format!("{PATH}.cache"), asking)?;
        if catalogued(law).is_some_and(counts_the_active_alone) {
            return Ok(());
        }
        self.define(SERVING_MEMORY, Unit::Bytes, &format!("N * {} / 8 + {}", ascii(bits), ascii(cache)))
    }
}

/// The law of the catalogue, if it is one.
fn catalogued(law: &LawChoice) -> Option<&'static Law> {
    match law {
        LawChoice::Catalogue(id) => laws::find(id).ok(),
        #[cfg(feature = "catalogue")]
        LawChoice::Typed(_) => None,
    }
}

/// The parameters that are active for a token, as a formula: a sixth of what training costs for each token by the count
/// of the law, which is N unless it says otherwise.
fn active(law: &LawChoice) -> String {
    let cost = catalogued(law).map_or("", |law| law.cost);
    let of_tokens = Formula::parse(cost).is_ok_and(|cost| cost.names().contains(&D_SEEN.symbol));
    if of_tokens { format!("({cost}) / (6 * {})", D_SEEN.symbol) } else { N_TOTAL.symbol.to_owned() }
}

/// Whether N of a law leaves out parameters that are not active for a token.
fn counts_the_active_alone(law: &Law) -> bool {
    let active = [Convention::ActiveParameters, Convention::ActiveNonEmbeddingParameters];
    law.inputs.iter().any(|input| input.symbol == N_TOTAL.symbol && active.contains(&input.convention))
}
