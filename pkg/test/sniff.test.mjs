import assert from "node:assert/strict";
import { test } from "node:test";
import { sniff } from "../../src/extras/sniff.js";

const bytes = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const of = (name, text) => sniff(new File([bytes(text)], name));

/** A header as Windows programs have it, with its own mark at `start`. */
function program(start) {
  const header = new Uint8Array(start + 4);
  header.set(bytes("MZ"));
  new DataView(header.buffer).setUint32(60, start, true);
  header.set(bytes("PE\0\0"), start);
  return String.fromCharCode(...header);
}

const CONTENT = {
  png: "\x89PNG\r\n\x1a\n....",
  jpg: "\xff\xd8\xff\xe0..JFIF",
  gif: "GIF89a....",
  webp: "RIFF\x10\0\0\0WEBPVP8 ",
  bmp: `BM\x10\0\0\0\0\0\0\0${"\0".repeat(20)}`,
  heic: "\0\0\0\x18ftypheic\0\0\0\0",
  avif: "\0\0\0\x18ftypavif\0\0\0\0",
  pdf: "%PDF-1.7\n",
  zip: "PK\x03\x04....",
  doc: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....",
  rtf: "{\\rtf1\\ansi",
  wav: "RIFF\x10\0\0\0WAVEfmt ",
  mp4: "\0\0\0\x18ftypisom\0\0\0\0",
  mov: "\0\0\0\x14ftypqt  \0\0\0\0",
  exe: program(128),
  elf: "\x7fELF\x02\x01",
  sh: "#!/bin/sh\nrm -rf /\n",
  html: "<!DOCTYPE html><html>",
};

test("each content is told where the name says something else", async () => {
  for (const [found, text] of Object.entries(CONTENT)) {
    assert.equal(await of(`file.${found === "pdf" ? "png" : "pdf"}`, text), found);
    assert.equal(await of(`file.${found}`, text), null, `${found} is itself`);
  }
});

test("formats that share a container do not contradict each other", async () => {
  for (const [name, content] of [
    ["a.docx", "zip"],
    ["a.xlsx", "zip"],
    ["a.PPTX", "zip"],
    ["with-a-password.docx", "doc"],
    ["a.xls", "doc"],
    ["a.ppt", "doc"],
    ["a.jpeg", "jpg"],
    ["a.jfif", "jpg"],
    ["a.mov", "mp4"],
    ["a.mp4", "mov"],
    ["saved-as.doc", "rtf"],
    ["notes.txt", "html"],
    ["notes.txt", "sh"],
  ]) {
    assert.equal(await of(name, CONTENT[content]), null, `${name} with ${content}`);
  }
});

test("a program is found under any name, also behind a long header", async () => {
  assert.equal(await of("invoice.pdf", program(2_000)), "exe");
  assert.equal(await of("invoice.docx", CONTENT.elf), "elf");
  assert.equal(await of("photo.png", CONTENT.sh), "sh");
});

test("a web page is found behind blanks, a mark and comments", async () => {
  assert.equal(await of("a.pdf", "\xef\xbb\xbf \n<!-- x --><HTML lang=en>"), "html");
  assert.equal(await of("a.csv", "<script>alert(1)</script>"), "html");
  assert.equal(await of("a.csv", "<htmlish>,1,2"), null);
});

test("nothing is said of what is not known", async () => {
  assert.equal(await of("a.pdf", "hello"), null);
  assert.equal(await of("a.csv", "MZ;BM;PK\n1;2;3\n"), null);
  assert.equal(await of("a.csv", "BM,text that only begins like a picture"), null);
  assert.equal(await of("a.pdf", ""), null);
  assert.equal(await of("no-extension", CONTENT.exe), null);
  assert.equal(await of(".pdf", CONTENT.exe), null);
});

test("a file that cannot be read says nothing", async () => {
  const gone = { name: "a.pdf", slice: () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }) };
  assert.equal(await sniff(gone), null);
});
