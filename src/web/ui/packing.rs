//! What an address carries, packed: compressed by the browser, so that no program brings a compressor.
//!
//! `fit=z1:…` is `fit=…` by zlib (RFC 1950, whose checksum tells damage) in base64url. The letter and the number are of the
//! codec: a part in another one opens as a part that could not be read. A browser without compression carries parts as they are.

use js_sys::Uint8Array;
use leptos::prelude::window;
use wasm_bindgen::prelude::*;

use crate::web::link::{decode, encode};

/// What a packed part begins with.
const CODEC: &str = "z1:";
/// What is compressed, as browsers call it.
const FORMAT: &str = "deflate";
/// No part is longer than this when it is unpacked, in bytes: a short link may be made to fill a machine's memory.
const MOST: usize = 64 << 20;

#[wasm_bindgen]
extern "C" {
    type CompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;

    type DecompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;

    #[wasm_bindgen(js_name = Blob)]
    type Bytes;
    #[wasm_bindgen(constructor, js_class = "Blob")]
    fn new(parts: &js_sys::Array) -> Bytes;
    #[wasm_bindgen(method)]
    fn stream(this: &Bytes) -> Stream;

    #[wasm_bindgen(js_name = ReadableStream)]
    type Stream;
    #[wasm_bindgen(method, catch, js_name = pipeThrough)]
    fn pipe_through(this: &Stream, transform: &JsValue) -> Result<Stream, JsValue>;
    #[wasm_bindgen(method, js_name = getReader)]
    fn reader(this: &Stream) -> Reader;

    #[wasm_bindgen(js_name = ReadableStreamDefaultReader)]
    type Reader;
    #[wasm_bindgen(method, catch)]
    async fn read(this: &Reader) -> Result<Chunk, JsValue>;

    #[wasm_bindgen(js_name = Object)]
    type Chunk;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Chunk) -> Option<Uint8Array>;
}

/// Whether a fragment has a part that is packed.
pub fn is_packed(fragment: &str) -> bool {
    fragment.contains(&format!("={CODEC}"))
}

/// A fragment with its parts packed.
pub async fn pack(fragment: &str) -> String {
    each(fragment, async |key, value| {
        let plain = decode(value)?;
        let packed = through(plain.as_bytes(), CompressionStream::new(FORMAT).ok()?.as_ref()).await?;
        Some(format!("{key}={CODEC}{}", base64url(&packed)?))
    })
    .await
}

/// A fragment with its parts as they are; one that cannot be unpacked stays, and is no JSON to whoever reads it.
pub async fn unpack(fragment: &str) -> String {
    each(fragment, async |key, value| {
        let packed = from_base64url(value.strip_prefix(CODEC)?)?;
        let plain = through(&packed, DecompressionStream::new(FORMAT).ok()?.as_ref()).await?;
        Some(format!("{key}={}", encode(std::str::from_utf8(&plain).ok()?)))
    })
    .await
}

/// A fragment with each part changed, where that can be done.
async fn each(fragment: &str, change: impl AsyncFn(&str, &str) -> Option<String>) -> String {
    let mut parts = Vec::new();
    for part in fragment.trim_start_matches('#').split('&') {
        let changed = match part.split_once('=') {
            Some((key, value)) => change(key, value).await,
            None => None,
        };
        parts.push(changed.unwrap_or_else(|| part.to_owned()));
    }
    format!("#{}", parts.join("&"))
}

/// What comes of bytes that go through a transform; nothing where it fails or is too much.
async fn through(bytes: &[u8], transform: &JsValue) -> Option<Vec<u8>> {
    let bytes = Bytes::new(&js_sys::Array::of1(&Uint8Array::from(bytes)));
    let reader = bytes.stream().pipe_through(transform).ok()?.reader();
    let mut out = Vec::new();
    while let Some(chunk) = reader.read().await.ok()?.value() {
        if out.len() + chunk.length() as usize > MOST {
            return None;
        }
        out.extend(chunk.to_vec());
    }
    Some(out)
}

/// Bytes in base64 of letters that may stand in a fragment.
fn base64url(bytes: &[u8]) -> Option<String> {
    let letters: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let text = window().btoa(&letters).ok()?;
    Some(text.trim_end_matches('=').replace('+', "-").replace('/', "_"))
}

fn from_base64url(text: &str) -> Option<Vec<u8>> {
    let letters = window().atob(&text.replace('-', "+").replace('_', "/")).ok()?;
    letters.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect()
}
