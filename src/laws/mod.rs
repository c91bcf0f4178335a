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
//!     "expected a fit of chinchilla (refit-240, hoffmann2022, hoffmann2022-rounded, besiroglu2024, vpnls-217); \
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
        hoffmann_table: HOFFMANN_APPROACH_3;
        hoffmann_flops: CHINCHILLA_FLOPS;
        kaplan: KAPLAN_SIZE, KAPLAN_DATA, KAPLAN_COMPUTE, KAPLAN_MIN_COMPUTE;
        kaplan_curve: KAPLAN_SIZE_AND_DATA, KAPLAN_SIZE_AND_STEPS, KAPLAN_TRAJECTORY;
        kaplan_optimum: KAPLAN_OPTIMUM, KAPLAN_OPTIMUM_MIN_COMPUTE, KAPLAN_OPTIMUM_UNADJUSTED, KAPLAN_ANALYTIC,
            KAPLAN_ANALYTIC_LOSS;
        kaplan_departures: KAPLAN_ADJUSTED_COMPUTE, KAPLAN_OTHER_SIZE, KAPLAN_STOPPING, KAPLAN_LEAST_DATA,
            KAPLAN_OVERFITTING;
        kaplan_flops: KAPLAN_FLOPS;
        porian: PORIAN_OPTIMUM, PORIAN_KAPLAN_COUNT, PORIAN_ATTENTION_COUNT, PORIAN_FRONTIER, PORIAN_SIZE;
        pearce: PEARCE_TOTAL, PEARCE_NON_EMBEDDING, PEARCE_GAMMA, PEARCE_LOSS, PEARCE_OPTIMUM, PEARCE_EXPONENT;
        henighan: HENIGHAN_SIZE;
        henighan_compute: HENIGHAN_COMPUTE;
        henighan_optimum: HENIGHAN_OPTIMUM;
        henighan_image: HENIGHAN_IMAGE, HENIGHAN_INFORMATION;
        su: SU_TRAJECTORY;
        cerebras: CEREBRAS_FRONTIER, CEREBRAS_MODELS;
        hagele: HAGELE_SAVING, HAGELE_FLOPS, HAGELE_SCHEDULE;
        guo: GUO;
        bordelon: BORDELON, BORDELON_EXPONENTS;
        muennighoff: MUENNIGHOFF, MUENNIGHOFF_ONE_PASS;
        czech: ISOFLOP_BIAS, MISALLOCATION;
        // Learning rate, batch size, schedules, parametrisation, training time.
        step_law: STEP_LAW, STEP_LAW_TOLERANCE;
        kaplan_training: KAPLAN_LEARNING_RATE, KAPLAN_CRITICAL_BATCH, KAPLAN_LEAST_OF_RUN;
        deepseek: DEEPSEEK_HYPER, DEEPSEEK_OPTIMUM, DEEPSEEK_DATA_QUALITY, DEEPSEEK_FLOPS_PER_TOKEN,
            DEEPSEEK_SCHEDULE;
        porian_hyper: PORIAN_HYPER, PORIAN_HYPER_ROUND;
        moonlight: MOONLIGHT, MOONLIGHT_UPDATE;
        mm1: MM1_LEARNING_RATE;
        minicpm: MINICPM_BATCH, MINICPM_SCHEDULE;
        schaipp: SCHAIPP_BATCH, SCHAIPP_LOSS;
        mccandlish: MCCANDLISH_BATCH, MCCANDLISH_LEARNING_RATE, MCCANDLISH_ADAM, MCCANDLISH_NOISE_SCALE;
        zhang_critical_batch: ZHANG_CRITICAL_BATCH, ZHANG_STEPS;
        power_lines: POWER_LINES_WEIGHT_DECAY, POWER_LINES_BATCH_FOR_DECAY, POWER_LINES_TIMESCALE,
            POWER_LINES_BATCH, POWER_LINES_CRITICAL_BATCH, POWER_LINES_TRADE_OFF;
        power_scheduler: POWER_SCHEDULER, POWER_SCHEDULE;
        bjorck: BJORCK_TOKEN_HORIZON, BJORCK_JOINT;
        time_transfer: TIME_TRANSFER_BATCH, TIME_TRANSFER_LEARNING_RATE;
        surge: SURGE, SURGE_RESCALE;
        optimal_norm: OPTIMAL_NORM;
        marek: MAREK_BETA2;
        mup: MUP, MUP_BASE_SHAPE, MUP_ATTENTION;
        u_mup: U_MUP, U_MUP_RESIDUAL;
        cooldown: WSD_SCHEDULE;
        dit: DIT_OPTIMUM, DIT_LOSS, DIT_FID, DIT_ARCHITECTURE;
        video_dit: VIDEO_DIT_OPTIMUM, VIDEO_DIT_HYPER, VIDEO_DIT_FLOPS_PER_TOKEN;
        diloco: DILOCO, DILOCO_PENALTY, DILOCO_PENALTY_BY_SIZE, DILOCO_TIME;
        nanochat: NANOCHAT, NANOCHAT_WEIGHT_DECAY, NANOCHAT_ISOFLOP;
        training_time: TRAINING_TIME;
        // Serving, mixtures of experts, pruning, few bits, vocabularies, costs.
        sardana: SARDANA, SARDANA_FLOPS, SARDANA_DOLLARS, SARDANA_TOKENS, SARDANA_PLAN, DE_VRIES_OVERHEAD;
        yun: YUN, YUN_PARAMETERS, YUN_SERVING;
        abnar: ABNAR, ABNAR_SPARSITY;
        ludziejewski: LUDZIEJEWSKI, LUDZIEJEWSKI_REDUCED, LUDZIEJEWSKI_COEFFICIENTS, LUDZIEJEWSKI_LEARNING_RATE,
            LUDZIEJEWSKI_PARAMETERS, LUDZIEJEWSKI_MEMORY;
        krajewski: KRAJEWSKI, KRAJEWSKI_DENSE, KRAJEWSKI_FLOPS, KRAJEWSKI_PARAMETERS;
        clark: CLARK, CLARK_DENSE, CLARK_EQUIVALENT, CLARK_CUTOFF;
        li_moe: LI_ACTIVATION, LI_DENSE, LI_MIXTURE, LI_COMPUTE_RATIO;
        hossain: HOSSAIN;
        frantar: FRANTAR, FRANTAR_VIT, FRANTAR_GAIN, GRADUAL_PRUNING_COST;
        kumar: KUMAR, KUMAR_UNIFORM, KUMAR_ROUNDED, KUMAR_CRITICAL_TOKENS;
        dremov: QAT_FRACTION, QAT_LOSS;
        paretoq: PARETOQ;
        not_all_bits: REASONING_MEMORY, NOT_ALL_BITS;
        p2_law: P2_LAW;
        gqa: GQA_LOSS, GQA_HEADS, GQA_BEST_HEADS, GQA_SHAPES, GQA_COST, GQA_TRAINING;
        tao_vocabulary: TAO_LOSS, TAO_APPROACH_1, TAO_VOCABULARY_1, TAO_VOCABULARY_2, TAO_VOCABULARY_3, TAO_BUDGET,
            TAO_COMPRESSION, TAO_WIDTH;
        capacity_gap: CAPACITY_GAP, BUSBRIDGE, BUSBRIDGE_COST;
        wu_inference: WU_SIZE, WU_BUDGET, SAMPLING_FLOPS;
        agent_tts: AGENT_TTS;
        nemotron_flash: NEMOTRON_FLASH;
        slimgpt: SLIMGPT, CUBIC_PRUNING_RAMP;
        expert_cache: EXPERT_CACHE;
        speculative_decoding: SPECULATIVE_DECODING;
        transformer_costs: PALM_FLOPS, PALM_MFU, GATED_PARAMETERS, GATED_FLOPS, MIXTURE_FLOPS, KV_CACHE,
            DECODE_TIME, PREFILL_TIME, DEVICE_TIME, REACHED_MFU;
        gadre: GADRE, GADRE_ERROR;
        zhang_finetuning: ZHANG_MODEL_SIZE, ZHANG_PRETRAINING_SIZE, ZHANG_PET_SIZE, ZHANG_ADDITIVE;
        zhang_critical_tuning: ZHANG_CRITICAL_BY_MODEL_SIZE, ZHANG_CRITICAL_BY_PRETRAINING;
        brandfonbrener: BRANDFONBRENER_CHINCHILLA, BRANDFONBRENER_KAPLAN, LOSS_TO_LOSS, LOSS_TO_TEST;
        cheng_protein: CHENG_PROTEIN;
        relative_optimum: PROTEIN_EXPONENTS, PEARCE_AGENTS, PEARCE_SIZE, PEARCE_FRONTIER_LOSS;
        rectified: RECTIFIED, SYNTHLLM;
        simplicial: SIMPLICIAL, SIMPLICIAL_NLL;
        continual: D_CPT, D_CPT_CROSS_DOMAIN, D_CPT_CHEMISTRY, D_CPT_MUSIC, CMR, ALMR;
        mixtures: SHUKOR_ADDITIVE, SHUKOR_JOINT, YE_MIXING;
        aghajanyan: AGHAJANYAN_UNIMODAL, AGHAJANYAN_BIMODAL;
        data_quality: CHANG_QUALITY, PDS, PDS_DATA_DEMAND, ROBUST_DPO, SYNTHETIC_RATIO;
        tuning_cost: TUNING_COST, FREEZING_COST, ZIARKO_TREND, MASSIVEDS_COST, PRIMER_SAVINGS;
        vision: NEXT_PIXEL_YEARS, NEXT_PIXEL_RATIO, COMPRESSION_BY_SIZE, COMPRESSION_BY_COMPUTE, PATCH_TOKENS,
            PATCH_ONE_ACCURACY;
        random_features: RANDOM_FEATURES;
        projektor: PROJEKTOR;
        transfer: HERNANDEZ_TRANSFER;
        // From one count to another.
        conventions: WITHOUT_EMBEDDINGS, WITH_EMBEDDINGS, IN_BITS, IN_NATS;
    }
}

/// The law of this id.
///
/// # Errors
/// [`LawError::UnknownLaw`], which names the one that was probably meant.
pub fn find(id: &str) -> Result<&'static Law, LawError> {
    LAWS.iter().copied().find(|law| law.id == id).ok_or_else(|| LawError::UnknownLaw { given: id.to_owned() })
}
