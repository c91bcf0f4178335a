//! A budget as it was typed, and what it pays for on the devices that train.

use super::json;
use super::limit::{Limit, Limited, Mistake, Said};
use super::reading::Plan;
use crate::hardware::{self, Device, Precision, TRAINING};
use crate::units::{Devices, Read, Slip, Unit, UnitError, ascii, read_any, show};

/// The units of a budget: FLOPs where it names none.
const UNITS: [Unit; 4] = [Unit::Flops, Unit::Dollars, Unit::DeviceHours, Unit::Days];
/// The device that is taken where none is named.
const USUAL: &str = "h100-sxm";
/// No budget is smaller or larger than these, in FLOPs: there is no plan below one, and no computer on earth for the other.
const LEAST: f64 = 1.0;
const MOST: f64 = 1e60;
/// A number without a unit that is smaller than this is hardly meant to be FLOPs.
const FEW: f64 = 1e9;
/// Seconds of an hour, and hours of a day.
pub(super) const HOUR: f64 = 3600.0;
pub(super) const DAY: f64 = 24.0;

/// A budget that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    /// As it was typed.
    pub read: Read,
    /// The same in FLOPs.
    pub flops: f64,
    /// What trains.
    pub rented: Rented,
    /// Whether some of it is for serving, where devices reach less of their peak.
    pub serves: bool,
}

/// Devices that are rented.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rented {
    /// Which.
    pub device: &'static Device,
    /// How many, if that was said.
    pub count: Option<f64>,
    /// The share of the peak that they reach.
    pub utilisation: f64,
    /// What one costs, in dollars an hour, if that is known.
    pub price: Option<f64>,
}

impl Budget {
    /// Reads a budget with what is said beside it.
    ///
    /// # Errors
    /// Why it cannot be read, or counted in FLOPs.
    pub fn read(text: &str, beside: &[Limit]) -> Result<Self, Mistake> {
        let mut read = read_any(text, &UNITS).map_err(complaint)?;
        if read.unit == Unit::Flops
            && read.value < FEW
            && text.trim().bytes().all(|byte| byte.is_ascii_digit())
        {
            let (read_as, meant) = (show(read.value, read.unit).to_string(), format!("${}", text.trim()));
            read.slip = Some(Slip { read_as, meant, value: read.value });
        }
        let rented = Rented::read(read.devices.as_ref(), beside)?;
        if read.unit == Unit::Dollars {
            check_dollars(beside)?;
        }
        let flops = match read.unit {
            Unit::Dollars => read.value / rented.price()? * rented.hourly()?,
            Unit::DeviceHours => read.value * rented.hourly()?,
            Unit::Days => read.value * DAY * rented.count()? * rented.hourly()?,
            _ => read.value,
        };
        if !(LEAST..=MOST).contains(&flops) {
            let given = show(flops, Unit::Flops);
            return Err(Mistake::Other(format!("expected a budget from 1 to 1e60 FLOPs; got {given}")));
        }
        Ok(Self { read, flops, rented, serves: serves(beside) })
    }

    /// How much of it a plan uses, in its own unit.
    pub fn used(&self, plan: &Plan) -> Option<f64> {
        let name = match self.read.unit {
            Unit::Dollars => "dollars",
            Unit::DeviceHours => "device_hours",
            Unit::Days => "days",
            _ => return plan.spent(),
        };
        plan.quantities.get(name).copied()
    }

    /// Hours of all devices together.
    pub fn hours(&self) -> Option<f64> {
        self.rented.hours(self.flops)
    }

    /// What a Question says of the devices, as JSON, where its budget or anything beside it speaks of them.
    pub(super) fn devices(&self, beside: &[Limit]) -> Option<String> {
        let named = self.read.devices.as_ref().is_some_and(|devices| devices.name.is_some());
        devices(beside, self.read.unit != Unit::Flops, named)
    }

    /// A budget of so many FLOPs and its devices, as JSON. A budget in hours is one of training alone, also where the
    /// model is served.
    pub(super) fn at(&self, flops: f64, beside: &[Limit]) -> (String, Option<String>) {
        let serves = serves(beside);
        let share = flops / self.flops;
        let text = match self.read.unit {
            _ if !serves => None,
            Unit::Dollars => Some(format!("${}", ascii(self.read.value * share))),
            Unit::Flops => None,
            _ => {
                self.hours().map(|hours| format!("{} {}-hours", ascii(hours * share), self.rented.device.id))
            }
        };
        match text {
            None => (json::number(flops), None),
            Some(text) => (json::string(&text), self.devices(beside)),
        }
    }
}

/// What a Question says of the devices, as JSON, where anything beside it speaks of them or they are `wanted`; the usual
/// one, unless another is `named` already.
pub(super) fn devices(beside: &[Limit], wanted: bool, named: bool) -> Option<String> {
    let said = beside.iter().filter(|limit| limit.on.is_of_devices() && limit.read().is_some());
    let mut fields: Vec<(&str, String)> = said
        .map(|limit| {
            let name = match limit.on {
                Limited::Devices => "count",
                Limited::Utilisation => "mfu",
                Limited::Price => "price",
                _ => "device",
            };
            (name, json::string(&limit.text))
        })
        .collect();
    let until = beside.iter().any(|limit| limit.on == Limited::Deadline && limit.read().is_some());
    if fields.is_empty() && !wanted && !until {
        return None;
    }
    if !named && fields.iter().all(|(name, _)| *name != "device") {
        fields.insert(0, ("device", json::string(USUAL)));
    }
    Some(json::object(&fields))
}

/// Dollars are counted for training alone, or for serving with what of it is read and what is generated. While a field for
/// that is there and empty, it asks for it itself.
///
/// # Errors
/// What is missing, in words.
pub fn check_dollars(beside: &[Limit]) -> Result<(), Mistake> {
    if !serves(beside) || beside.iter().any(|limit| limit.on == Limited::Generated) {
        return Ok(());
    }
    let missing =
        "expected a share generated beside the tokens served, on which dollars depend: add it under Limits";
    Err(Mistake::Other(missing.to_owned()))
}

pub(super) fn serves(beside: &[Limit]) -> bool {
    beside.iter().any(|limit| limit.on == Limited::Serving && limit.amount().is_some())
}

/// Why a text is no budget, by what budgets are.
fn complaint(error: UnitError) -> Mistake {
    let is_text = matches!(error, UnitError::Text { .. });
    match error.to_string().split_once("; ") {
        Some((expected, wrong)) if is_text && expected.ends_with("FLOPs such as \"5.76e23\"") => {
            Mistake::Other(format!("expected a budget such as 5.76e23 FLOPs, 10k H100-hours or $2M; {wrong}"))
        }
        _ => error.into(),
    }
}

impl Rented {
    /// What a budget `named`, with what is said beside it.
    ///
    /// # Errors
    /// There is no such device.
    pub fn read(named: Option<&Devices>, beside: &[Limit]) -> Result<Self, Mistake> {
        let name = named.and_then(|devices| devices.name.as_deref()).unwrap_or(USUAL);
        let mut rented = Self {
            device: hardware::find(name)?,
            count: named.and_then(|devices| devices.count),
            utilisation: TRAINING.share,
            price: None,
        };
        for limit in beside.iter().filter(|limit| limit.on.is_of_devices()) {
            // What is wrong with one is said at its field.
            match (limit.on, limit.read().and_then(Result::ok)) {
                (_, Some(Said::Device(device))) => rented.device = device,
                (Limited::Devices, Some(Said::Amount(read))) => rented.count = Some(read.value),
                (Limited::Utilisation, Some(Said::Amount(read))) => rented.utilisation = read.value,
                (Limited::Price, Some(Said::Amount(read))) => rented.price = Some(read.value),
                _ => {}
            }
        }
        rented.price = rented.price.or(rented.device.price().map(|price| price.low));
        Ok(rented)
    }

    /// The devices of a Question, as JSON.
    pub(super) fn as_json(&self) -> String {
        let count = self.count.map(|count| ("count", json::number(count)));
        let mut fields = vec![("device", json::string(self.device.id))];
        fields.extend(count);
        fields.push(("mfu", json::number(self.utilisation)));
        json::object(&fields)
    }

    /// Hours of one device that so many FLOPs take.
    pub fn hours(&self, flops: f64) -> Option<f64> {
        Some(flops / self.hourly().ok()?)
    }

    /// What so many FLOPs cost, in dollars, where a price is known.
    pub fn dollars(&self, flops: f64) -> Option<f64> {
        Some(self.hours(flops)? * self.price?)
    }

    /// FLOPs of one device in an hour.
    fn hourly(&self) -> Result<f64, Mistake> {
        let peak = self.device.peak(Precision::Bf16).ok_or_else(|| {
            Mistake::Other(format!("expected a device with a peak in bf16; {} has none", self.device.name))
        })?;
        Ok(HOUR * peak * self.utilisation)
    }

    fn price(&self) -> Result<f64, Mistake> {
        let missing = || format!("expected a price besides: no source gives one for {}", self.device.name);
        self.price.ok_or_else(|| Mistake::Other(missing()))
    }

    fn count(&self) -> Result<f64, Mistake> {
        let missing = || "expected how many devices, as in \"64 H100 for 30 days\"".to_owned();
        self.count.ok_or_else(|| Mistake::Other(missing()))
    }

    /// What hours of it are called.
    pub fn short_name(&self) -> String {
        self.device.aliases.first().unwrap_or(&self.device.id).to_ascii_uppercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        Budget::read(text, &[]).unwrap_err().to_string()
    }

    #[test]
    fn budgets_that_no_plan_has_are_refused() {
        for text in ["1e-300", "0.5 FLOPs", "1e61", "1e308 FLOPs"] {
            assert!(refused(text).starts_with("expected a budget from 1 to 1e60 FLOPs; got "), "{text}");
        }
        assert!(Budget::read("1e60", &[]).is_ok() && Budget::read("$1", &[]).is_ok());
    }

    #[test]
    fn a_number_that_is_no_budget_is_told_what_numbers_are() {
        assert!(refused("-3").starts_with("expected a positive number of FLOPs"));
    }

    #[test]
    fn what_is_no_budget_is_told_what_budgets_are() {
        assert!(
            refused("64 bananas")
                .starts_with("expected a budget such as 5.76e23 FLOPs, 10k H100-hours or $2M; ")
        );
    }

    #[test]
    fn a_small_bare_number_was_probably_meant_in_dollars() {
        let slip = |text: &str| Budget::read(text, &[]).unwrap().read.slip.map(|slip| slip.to_string());
        assert_eq!(slip("70").as_deref(), Some("Read as 70\u{a0}FLOPs. Did you mean $70?"));
        assert_eq!([slip("70 FLOPs"), slip("5.76e23")], [None, None]);
    }
}
