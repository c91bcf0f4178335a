//! The catalogue of scaling laws: data, not code.
//!
//! A law is one constant in one file: its formula, what its symbols mean, the fits that were published
//! with where each number was read, and worked values that the tests reproduce. Forms, address keys, the
//! reference page, the bounds of a fit and the range warnings are loops over [`LAWS`].
//!
//! ```
//! use isoflop::laws;
//!
//! let law = laws::find("chinchilla")?;
//! let fit = law.fit("hoffmann2022")?;
//! assert_eq!(law.value(fit, "alpha"), Some(0.33917084));
//! assert_eq!(
//!     law.fit("hofmann2022").unwrap_err().to_string(),
//!     "expected a fit of chinchilla (refit-240, hoffmann2022, hoffmann2022-rounded, besiroglu2024); \
//!      got \"hofmann2022\": did you mean hoffmann2022?"
//! );
//! # Ok::<(), isoflop::laws::LawError>(())
//! ```

mod error;
mod law;
mod parameter;
mod published;
mod table;

pub use error::LawError;
pub use law::{BLANK, ClosedForm, Derived, Kind, Law, Output, gives, gives_as};
pub use parameter::{Bounds, Parameter, exponent, free, positive, within};
pub use published::{BLANK_FIT, FittedRange, Interval, PublishedFit, Worked};
pub use table::SourcedTable;

/// Lists the files of laws, and the laws in each, once: `file: LAW, OTHER_LAW;`.
macro_rules! catalogue {
    (
        opening { $($first:ident: $($opening:ident),+;)+ }
        others { $($file:ident: $($law:ident),+;)* }
    ) => {
        $(mod $first;)+
        $(pub use $first::{$($opening),+};)+
        $(#[cfg(feature = "catalogue")] mod $file;)*
        $(#[cfg(feature = "catalogue")] pub use $file::{$($law),+};)*

        /// Every law, in the order in which lists show them.
        pub const LAWS: &[&Law] = &[
            $($(&$opening,)+)+
            $($(#[cfg(feature = "catalogue")] &$law,)+)*
        ];

        /// The ids of the laws that every build has: those that the page opens with.
        pub const OPENING: &[&str] = &[$($($opening.id),+),+];
    };
}

// Adding a law takes its file and its line here (CONTRIBUTING.md).
catalogue! {
    opening {
        chinchilla: CHINCHILLA;
        hoffmann_approaches: HOFFMANN_APPROACH_1, HOFFMANN_APPROACH_2;
    }
    others {
        gadre: GADRE, GADRE_ERROR;
        zhang_finetuning: ZHANG_MODEL_SIZE, ZHANG_PRETRAINING_SIZE, ZHANG_PET_SIZE, ZHANG_ADDITIVE,
            ZHANG_CRITICAL_BY_MODEL_SIZE, ZHANG_CRITICAL_BY_PRETRAINING;
        brandfonbrener: BRANDFONBRENER_CHINCHILLA, BRANDFONBRENER_KAPLAN, LOSS_TO_LOSS, LOSS_TO_TEST;
        cheng_protein: CHENG_PROTEIN;
        relative_optimum: PROTEIN_EXPONENTS, PEARCE_AGENTS, PEARCE_SIZE;
        rectified: RECTIFIED, SYNTHLLM;
        simplicial: SIMPLICIAL, SIMPLICIAL_NLL;
        continual: D_CPT, D_CPT_CROSS_DOMAIN, D_CPT_CHEMISTRY, CMR;
        mixtures: SHUKOR_ADDITIVE, SHUKOR_JOINT, YE_MIXING;
        aghajanyan: AGHAJANYAN_UNIMODAL, AGHAJANYAN_BIMODAL;
        data_quality: CHANG_QUALITY, PDS, PDS_DATA_DEMAND, ROBUST_DPO, SYNTHETIC_RATIO;
        tuning_cost: TUNING_COST, FREEZING_COST, ZIARKO_TREND, MASSIVEDS_COST, PRIMER_SAVINGS;
        vision: NEXT_PIXEL_YEARS, NEXT_PIXEL_RATIO, COMPRESSION_BY_SIZE, COMPRESSION_BY_COMPUTE, PATCH_TOKENS,
            PATCH_ONE_ACCURACY;
        random_features: RANDOM_FEATURES;
        projektor: PROJEKTOR;
    }
}

/// The law of this id.
///
/// # Errors
/// [`LawError::UnknownLaw`], which names the one that was probably meant.
pub fn find(id: &str) -> Result<&'static Law, LawError> {
    LAWS.iter().copied().find(|law| law.id == id).ok_or_else(|| LawError::UnknownLaw { given: id.to_owned() })
}
