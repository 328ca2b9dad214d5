// What the server answers. The token is in the page's own query.

const token = new URLSearchParams(location.search).get("token") ?? "";

async function call(path, body) {
  let response;
  try {
    response = await fetch(`api/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { "X-Explore-Token": token },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Error("The server does not answer; has explore been stopped?");
  }
  if (!response.ok) {
    throw new Error((await response.json()).error);
  }
  return response;
}

async function json(path, body) {
  return (await call(path, body)).json();
}

function bytes(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

async function decoded(path, body) {
  const answer = await json(path, body);
  return { z: answer.z, pictures: bytes(answer.pictures) };
}

export const model = () => json("model");

export const points = () => json("points");

export const decode = async (body) =>
  new Uint8Array(await (await call("decode", body)).arrayBuffer());

export const interpolate = (body) => decoded("interpolate", body);

export const sample = (body) => decoded("sample", body);

export async function encode(body) {
  const answer = await json("encode", body);
  return {
    ...answer,
    reconstruction: bytes(answer.reconstruction),
    pictures: bytes(answer.pictures),
  };
}

/**
 * Work of which one piece at a time is under way. What is asked meanwhile waits, and only the newest
 * of it: an answer shown is never followed by an older one.
 */
export function newestWins(work, onFault) {
  let busy = false;
  let waiting = null;
  return async function ask(...what) {
    if (busy) {
      waiting = what;
      return;
    }
    busy = true;
    try {
      await work(...what);
    } catch (fault) {
      onFault(fault);
    }
    busy = false;
    if (waiting !== null) {
      const next = waiting;
      waiting = null;
      ask(...next);
    }
  };
}
