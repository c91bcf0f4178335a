//! `num` promises accuracy, settled special values and the same bits from every way in.

mod accuracy;
mod algebra;
mod double_double;
mod random;
mod roots;
mod same_bits;
