//! The devices that train: hours, days, dollars and bytes.

use super::facts::{Facts, amount, devices};
use super::rented::{Rented, Wanted};
use super::{BUDGET, Costs, DAYS, DEVICE_HOURS, Fact, TRAINING, TRAINING_DOLLARS, TRAINING_MEMORY};
use crate::ask::allocate::{AllocateQuestion, AskedHardware, AskedThroughput};
use crate::ask::evaluate::evaluate;
use crate::ask::{AskError, Asking, called};
use crate::hardware::{self, TRAINING as REACHED};
use crate::units::{Devices, Unit, ascii, percent};

const PATH: &str = "allocate.hardware";

impl Costs {
    /// Adds what the devices that train make of the cost; gives them back.
    pub(super) fn training(
        &mut self,
        question: &AllocateQuestion,
        asking: &mut Asking,
    ) -> Result<Option<Rented>, AskError> {
        let named = self.devices_of_budget().cloned();
        let Some(asked) = asked(question, named.as_ref()) else { return Ok(None) };
        let wanted = wanted(&asked, named.as_ref())?;
        let rented = wanted.rent(None, &mut self.facts, asking)?;
        let mfu = utilisation(&asked, rented.peak, &mut self.facts, asking)?;
        let count = count(&asked, named.as_ref(), asking)?;
        self.any = true;
        // The law has the seconds of so many devices.
        let seconds = |count: f64| {
            let [count, peak, mfu] = [count, rented.peak, mfu].map(ascii);
            format!("law(device-time; {TRAINING}, {count}, {peak}, {mfu}, 1)")
        };
        self.define(DEVICE_HOURS, Unit::DeviceHours, &format!("{} / 3600", seconds(1.0)))?;
        if let Some(count) = count {
            self.define(DAYS, Unit::Days, &format!("{} / 86400", seconds(count)))?;
        }
        if let Some(price) = rented.price {
            self.define(TRAINING_DOLLARS, Unit::Dollars, &format!("{} * {DEVICE_HOURS}", ascii(price)))?;
        }
        if let Some(bytes) = &asked.bytes_per_parameter {
            let bytes = amount(bytes, Unit::Bytes, &format!("{PATH}.bytes_per_parameter"), asking)?;
            self.define(TRAINING_MEMORY, Unit::Bytes, &format!("{} * N", ascii(bytes)))?;
        }
        Ok(Some(rented))
    }
}

/// What is said of hardware: nothing but the name is, where only the budget speaks of devices.
fn asked(question: &AllocateQuestion, named: Option<&Devices>) -> Option<AskedHardware> {
    let asked = question.hardware.as_deref().cloned();
    asked.or_else(|| named.filter(|devices| devices.name.is_some()).map(|_| AskedHardware::default()))
}

/// The device: that of the field, which must be the one of the budget where both name one.
fn wanted<'a>(asked: &'a AskedHardware, named: Option<&'a Devices>) -> Result<Wanted<'a>, AskError> {
    let field = asked.device.as_deref().map(|name| (name, format!("{PATH}.device")));
    let budget = named.and_then(|devices| devices.name.as_deref());
    if let (Some((field, path)), Some(budget)) = (&field, budget) {
        let find = |name: &str, path: &str| hardware::find(name).map_err(|error| AskError::at(path, error));
        let (field, other) = (find(field, path)?, find(budget, BUDGET)?);
        if field != other {
            let message = format!(
                "expected hours of {}, the device of \"hardware\"; got those of {}",
                field.id, other.id
            );
            return Err(AskError::malformed(BUDGET, message));
        }
    }
    // Hours of a device that is not known are those of the peak that is given.
    let budget = budget.filter(|_| asked.peak.is_none()).map(|name| (name, BUDGET.to_owned()));
    Ok(Wanted {
        device: field.or(budget),
        precision: asked.precision,
        peak: asked.peak.as_ref(),
        price: asked.price.as_ref(),
        path: PATH,
    })
}

/// The number of devices: that of the field, or of a budget such as `64 H100 for 30 days`.
fn count(
    asked: &AskedHardware,
    named: Option<&Devices>,
    asking: &mut Asking,
) -> Result<Option<f64>, AskError> {
    let path = format!("{PATH}.count");
    let field = asked.count.as_ref().map(|count| devices(count, &path, asking)).transpose()?;
    match (field, named.and_then(|devices| devices.count)) {
        (Some(field), Some(budget)) if field != budget => {
            let message =
                format!("expected {}, the devices of the budget; got {}", ascii(budget), ascii(field));
            Err(AskError::malformed(path, message))
        }
        (field, budget) => Ok(field.or(budget)),
    }
}

/// The share of the peak that training reaches: given, computed, or assumed.
fn utilisation(asked: &AskedHardware, peak: f64, facts: &mut Facts, asking: &mut Asking) -> Fact {
    let path = format!("{PATH}.mfu");
    match (&asked.mfu, &asked.throughput) {
        (Some(_), Some(_)) => Err(AskError::malformed(PATH, "expected \"mfu\" or \"throughput\"; got both")),
        (None, Some(throughput)) => reached(throughput, peak, facts, asking),
        (mfu, None) => facts.share(mfu.as_ref(), &path, &REACHED, asking),
    }
}

/// The share of the peak that a throughput is, attention not counted.
fn reached(throughput: &AskedThroughput, peak: f64, facts: &mut Facts, asking: &mut Asking) -> Fact {
    let path = format!("{PATH}.throughput");
    let speed =
        amount(&throughput.tokens_per_second, Unit::One, &format!("{path}.tokens_per_second"), asking)?;
    let size = amount(&throughput.size, Unit::Parameters, &format!("{path}.N"), asking)?;
    let count = devices(&throughput.devices, &format!("{path}.devices"), asking)?;
    let [speed, size, count, peak] = [speed, size, count, peak].map(ascii);
    let formula =
        called::parse(&format!("law(palm-mfu; {speed}, {size}, 0, 0, 0, 0, {count}, {peak})"), &path)?;
    let share = evaluate(&formula, &[], &[]).map_err(|error| AskError::at(path.as_str(), error))?.values[0];
    if share <= 1.0 {
        let source =
            "computed from the throughput: 6 N FLOPs a token, over the peak of its devices".to_owned();
        return Ok(facts.assume(&format!("{PATH}.mfu"), Unit::One, (share, source)));
    }
    let message = format!(
        "expected a throughput below the peak of its devices; {speed} tokens in a second of {size} parameters are {} \
         of the peak of {count} devices",
        percent(share)
    );
    Err(AskError::malformed(path, message))
}
