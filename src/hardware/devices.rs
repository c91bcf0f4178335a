//! The devices, one constant of data each.

use super::price::H100_MEDIAN;
use super::{Device, Precision, Price};
use crate::provenance::{ReadIn, Source};

/// Every device; messages name the first.
pub const DEVICES: &[&Device] = &[
    &H100_SXM, &A100_SXM, &A100_PCIE, &H100_PCIE, &H200, &GH200_96, &GH200_141, &B200, &GB200, &B300, &L40S,
    &MI300X, &MI325X, &MI355X, &GAUDI2, &GAUDI3, &TRAINIUM2, &TPU_V4, &TPU_V5E, &TPU_V5P, &TPU_V6E, &TPU_V7X,
];

/// What the source says of all: the dense peak of one device, gigabytes and terabytes a second in powers of ten.
const BLANK: Device = Device {
    id: "",
    name: "",
    aliases: &[],
    peaks: &[],
    memory: 0.0,
    bandwidth: 0.0,
    prices: &[],
    source: Source {
        authors: "Bekman",
        year: 2026,
        title: "Machine Learning Engineering",
        arxiv: "",
        locator: "compute/accelerator/README.md",
    },
    read_in: ReadIn::SecondHand("stas00/ml-engineering"),
    date: "2026-08",
    caveats: &[],
};

/// The same of Google's, which its authors also list.
const TPU: Device =
    Device { caveats: &["the same stands in Austin et al. (2025), How to Scale Your Model"], ..BLANK };

const H100_SXM: Device = Device {
    id: "h100-sxm",
    name: "NVIDIA H100 SXM",
    aliases: &["h100", "h100-sxm5"],
    peaks: &[(Precision::Bf16, 989e12), (Precision::Fp8, 1979e12), (Precision::Int8, 1979e12)],
    memory: 80e9,
    bandwidth: 3.35e12,
    prices: &[
        Price::specialised(2.5, 3.5),
        Price::large(3.5, 5.0),
        Price::small(1.99, 2.5),
        H100_MEDIAN,
        Price::google(10.8),
    ],
    ..BLANK
};

const A100_SXM: Device = Device {
    id: "a100-sxm",
    name: "NVIDIA A100 SXM 80 GB",
    aliases: &["a100", "a100-80gb", "a100-sxm-80gb"],
    peaks: &[(Precision::Bf16, 312e12), (Precision::Int8, 624e12)],
    memory: 80e9,
    bandwidth: 2e12,
    prices: &[Price::specialised(1.1, 1.5), Price::large(1.5, 3.0), Price::small(0.8, 1.1)],
    ..BLANK
};

const A100_PCIE: Device = Device {
    id: "a100-pcie",
    name: "NVIDIA A100 PCIe 80 GB",
    peaks: &[(Precision::Bf16, 312e12), (Precision::Int8, 624e12)],
    memory: 80e9,
    bandwidth: 1.94e12,
    ..BLANK
};

const H100_PCIE: Device = Device {
    id: "h100-pcie",
    name: "NVIDIA H100 PCIe",
    peaks: &[(Precision::Bf16, 756e12), (Precision::Fp8, 1513e12), (Precision::Int8, 1513e12)],
    memory: 80e9,
    bandwidth: 2e12,
    ..BLANK
};

const H200: Device = Device {
    id: "h200",
    name: "NVIDIA H200",
    aliases: &["h200-sxm"],
    peaks: &[(Precision::Bf16, 989e12), (Precision::Fp8, 1979e12), (Precision::Int8, 1979e12)],
    memory: 141e9,
    bandwidth: 4.8e12,
    prices: &[Price::specialised(3.5, 4.5), Price::large(4.5, 7.0), Price::small(2.5, 3.5)],
    ..BLANK
};

const GH200_96: Device = Device {
    id: "gh200-96",
    name: "NVIDIA GH200, 96 GB",
    aliases: &["gh200"],
    peaks: &[(Precision::Bf16, 989e12), (Precision::Fp8, 1979e12), (Precision::Int8, 1979e12)],
    memory: 96e9,
    bandwidth: 4e12,
    ..BLANK
};

const GH200_141: Device = Device {
    id: "gh200-141",
    name: "NVIDIA GH200, 141 GB",
    peaks: &[(Precision::Bf16, 989e12), (Precision::Fp8, 1979e12), (Precision::Int8, 1979e12)],
    memory: 141e9,
    bandwidth: 4.8e12,
    ..BLANK
};

const B200: Device = Device {
    id: "b200",
    name: "NVIDIA B200",
    aliases: &["b200-sxm"],
    peaks: &[
        (Precision::Bf16, 2250e12),
        (Precision::Fp8, 4500e12),
        (Precision::Int8, 4500e12),
        (Precision::Fp4, 9000e12),
    ],
    memory: 180e9,
    bandwidth: 8e12,
    ..BLANK
};

const GB200: Device = Device {
    id: "gb200",
    name: "NVIDIA GB200, each GPU",
    peaks: &[
        (Precision::Bf16, 2500e12),
        (Precision::Fp8, 5000e12),
        (Precision::Int8, 5000e12),
        (Precision::Fp4, 10000e12),
    ],
    memory: 186e9,
    bandwidth: 8e12,
    ..BLANK
};

const B300: Device = Device {
    id: "b300",
    name: "NVIDIA B300",
    aliases: &["b300-sxm"],
    peaks: &[(Precision::Bf16, 2250e12), (Precision::Fp8, 4500e12), (Precision::Int8, 4500e12)],
    memory: 288e9,
    bandwidth: 8e12,
    ..BLANK
};

const L40S: Device = Device {
    id: "l40s",
    name: "NVIDIA L40S",
    peaks: &[(Precision::Bf16, 362e12), (Precision::Fp8, 733e12), (Precision::Int8, 733e12)],
    memory: 48e9,
    bandwidth: 0.86e12,
    ..BLANK
};

const MI300X: Device = Device {
    id: "mi300x",
    name: "AMD MI300X",
    peaks: &[(Precision::Bf16, 1300e12), (Precision::Fp8, 2610e12), (Precision::Int8, 2600e12)],
    memory: 192e9,
    bandwidth: 5.3e12,
    caveats: &["AMD's data sheet says 1307.4 TFLOP/s in bf16"],
    ..BLANK
};

const MI325X: Device = Device {
    id: "mi325x",
    name: "AMD MI325X",
    peaks: &[(Precision::Bf16, 1300e12), (Precision::Fp8, 2610e12), (Precision::Int8, 2600e12)],
    memory: 256e9,
    bandwidth: 6e12,
    ..BLANK
};

const MI355X: Device = Device {
    id: "mi355x",
    name: "AMD MI355X",
    peaks: &[(Precision::Bf16, 2500e12), (Precision::Fp8, 5000e12), (Precision::Int8, 5000e12)],
    memory: 288e9,
    bandwidth: 8e12,
    ..BLANK
};

const GAUDI2: Device = Device {
    id: "gaudi2",
    name: "Intel Gaudi 2",
    peaks: &[(Precision::Bf16, 432e12), (Precision::Fp8, 865e12)],
    memory: 96e9,
    bandwidth: 2.46e12,
    ..BLANK
};

const GAUDI3: Device = Device {
    id: "gaudi3",
    name: "Intel Gaudi 3",
    peaks: &[(Precision::Bf16, 1677e12), (Precision::Fp8, 1677e12)],
    memory: 128e9,
    bandwidth: 3.7e12,
    caveats: &["Intel's data sheet says 1835 TFLOP/s"],
    ..BLANK
};

const TRAINIUM2: Device = Device {
    id: "trainium2",
    name: "AWS Trainium 2",
    aliases: &["trn2"],
    peaks: &[(Precision::Bf16, 667e12), (Precision::Fp8, 1299e12)],
    memory: 96e9,
    bandwidth: 2.9e12,
    ..BLANK
};

const TPU_V4: Device = Device {
    id: "tpu-v4",
    name: "Google TPU v4",
    aliases: &["v4"],
    peaks: &[(Precision::Bf16, 275e12), (Precision::Int8, 275e12)],
    memory: 32e9,
    bandwidth: 1.2e12,
    ..TPU
};

const TPU_V5E: Device = Device {
    id: "tpu-v5e",
    name: "Google TPU v5e",
    aliases: &["v5e"],
    peaks: &[(Precision::Bf16, 197e12), (Precision::Int8, 394e12)],
    memory: 16e9,
    bandwidth: 0.82e12,
    prices: &[Price::google(1.2)],
    ..TPU
};

const TPU_V5P: Device = Device {
    id: "tpu-v5p",
    name: "Google TPU v5p",
    aliases: &["v5p"],
    peaks: &[(Precision::Bf16, 459e12), (Precision::Int8, 918e12)],
    memory: 95e9,
    bandwidth: 2.76e12,
    prices: &[Price::google(4.2)],
    ..TPU
};

const TPU_V6E: Device = Device {
    id: "tpu-v6e",
    name: "Google TPU v6e",
    aliases: &["v6e", "trillium"],
    peaks: &[(Precision::Bf16, 918e12), (Precision::Fp8, 918e12), (Precision::Int8, 1836e12)],
    memory: 32e9,
    bandwidth: 1.6e12,
    ..TPU
};

const TPU_V7X: Device = Device {
    id: "tpu-v7x",
    name: "Google TPU v7x",
    aliases: &["v7x", "ironwood"],
    peaks: &[(Precision::Bf16, 2307e12), (Precision::Fp8, 4614e12)],
    memory: 192e9,
    bandwidth: 7.37e12,
    ..TPU
};

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::DEVICES;
    use crate::hardware::device::names;
    use crate::hardware::{Precision, find};
    use crate::provenance::ReadIn;

    #[test]
    fn every_name_finds_its_device_and_no_other() {
        let mut seen = BTreeSet::new();
        for device in DEVICES {
            for name in names(device) {
                assert!(seen.insert(name), "{name} is the name of two");
                assert_eq!(find(name), Ok(*device));
                assert_eq!(find(&name.to_uppercase().replace('-', " ")), Ok(*device));
            }
        }
        assert_eq!(find("H100s").map(|device| device.id), Ok("h100-sxm"));
        assert_eq!(find("TPU v5p").map(|device| device.id), Ok("tpu-v5p"));
    }

    #[test]
    fn every_device_is_whole_and_no_peak_is_sparse() {
        for device in DEVICES {
            let id = device.id;
            let bf16 = device.peak(Precision::Bf16).unwrap_or_else(|| panic!("{id} has no peak in bf16"));
            assert!((1e14..3e15).contains(&bf16), "{id}");
            // Half the bits are at most twice as fast; a sparse peak among dense ones would be four times so.
            for (precision, times) in [(Precision::Fp8, 2.1), (Precision::Int8, 2.1), (Precision::Fp4, 4.2)] {
                assert!(
                    device.peak(precision).is_none_or(|peak| peak <= times * bf16),
                    "{id} in {precision}"
                );
            }
            assert!((16e9..=288e9).contains(&device.memory), "{id}");
            assert!((0.8e12..=8e12).contains(&device.bandwidth), "{id}");
        }
    }

    #[test]
    fn every_number_says_where_and_when_it_was_read() {
        for device in DEVICES {
            assert!(device.read_in != ReadIn::Memory && device.date.len() == 7, "{}", device.id);
            for price in device.prices {
                assert!(0.0 < price.low && price.low <= price.high, "{}", device.id);
                assert!(price.read_in != ReadIn::Memory && price.date.len() == 7 && !price.what.is_empty());
            }
        }
        let h100 = find("h100").unwrap();
        assert_eq!(
            h100.provenance(),
            "Bekman (2026), compute/accelerator/README.md, read second-hand, in stas00/ml-engineering, 2026-08"
        );
        assert_eq!(
            h100.price().unwrap().provenance(),
            "specialised clouds, on demand; Mercatus (2026), the first table, 2026-05"
        );
    }
}
