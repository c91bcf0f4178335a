//! A device that is rented: its peak and price, as given or as the device's.

use super::Fact;
use super::facts::{Facts, amount};
use crate::ask::{AskError, Asking, Quantity};
use crate::hardware::{self, Device, HardwareError, Precision};
use crate::units::Unit;

/// What a Question says of a device.
pub(super) struct Wanted<'a> {
    /// Its name, and the field that holds it.
    pub device: Option<(&'a str, String)>,
    pub precision: Option<Precision>,
    pub peak: Option<&'a Quantity>,
    pub price: Option<&'a Quantity>,
    /// The field that holds all of it.
    pub path: &'a str,
}

/// What is known of a device that is rented.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rented {
    /// In FLOP/s.
    pub peak: f64,
    /// In dollars an hour.
    pub price: Option<f64>,
}

impl Wanted<'_> {
    /// The device by the catalogue of devices, if one is named.
    fn device(&self) -> Result<Option<&'static Device>, AskError> {
        let Some((name, path)) = &self.device else { return Ok(None) };
        hardware::find(name).map(Some).map_err(|error| AskError::at(path.as_str(), error))
    }

    /// Its peak and price: what is given, then what the device has, then `otherwise`.
    pub fn rent(
        &self,
        otherwise: Option<Rented>,
        facts: &mut Facts,
        asking: &mut Asking,
    ) -> Result<Rented, AskError> {
        let device = self.device()?;
        let (peak, price) = (format!("{}.peak", self.path), format!("{}.price", self.path));
        let typed_peak = self
            .peak
            .map(|peak_given| amount(peak_given, Unit::FlopsPerSecond, &peak, asking))
            .transpose()?;
        let typed_price =
            self.price.map(|given| amount(given, Unit::DollarsPerHour, &price, asking)).transpose()?;
        let inherited = otherwise.filter(|_| device.is_none());
        Ok(Rented {
            peak: match typed_peak
                .or(inherited.filter(|_| self.precision.is_none()).map(|rented| rented.peak))
            {
                Some(known) => known,
                None => self.peak_of(device, &peak, facts)?,
            },
            price: typed_price.or(inherited.and_then(|rented| rented.price)).or_else(|| {
                let known = device?.price()?;
                Some(facts.assume(&price, Unit::DollarsPerHour, (known.low, known.provenance())))
            }),
        })
    }

    /// The peak of a device, which must be one that is known.
    fn peak_of(&self, device: Option<&'static Device>, path: &str, facts: &mut Facts) -> Fact {
        let Some(device) = device else {
            let message =
                "expected \"device\" such as \"h100-sxm\", or \"peak\" such as \"989 TFLOP/s\"; got neither";
            return Err(AskError::malformed(self.path, message));
        };
        let precision = self.precision.unwrap_or_default();
        let no_peak = HardwareError::NoPeak { device, given: precision };
        let peak = device.peak(precision);
        let peak = peak.ok_or_else(|| AskError::at(format!("{}.precision", self.path), no_peak))?;
        let source = format!("{} in {precision}, dense; {}", device.name, device.provenance());
        Ok(facts.assume(path, Unit::FlopsPerSecond, (peak, source)))
    }
}
