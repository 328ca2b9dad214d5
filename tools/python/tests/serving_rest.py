"""TensorFlow Serving's REST form of a prediction, by its documentation: JSON to tensors and back.

https://www.tensorflow.org/tfx/serving/api_rest
"""

import numpy as np
import tensorflow as tf

# All that JSON has a number for.
NUMBERS = {
    tf.dtypes.as_dtype(name)
    for name in (
        "float32 float64 bfloat16 float16 int8 int16 int32 int64 uint8 uint16 uint32 uint64".split()
    )
}


class Refused(Exception):
    """The server would answer with an error."""


def specs(signature):
    """A signature's inputs and outputs by name."""
    return signature.structured_input_signature[1], signature.structured_outputs


def takes_rows(signature):
    """Whether all inputs and outputs have the batch, of unknown size, as first dimension."""
    inputs, outputs = specs(signature)
    return all(
        spec.shape.rank is not None and spec.shape.rank > 0 and spec.shape[0] is None
        for spec in (*inputs.values(), *outputs.values())
    )


def predict(signatures, request):
    """What the server answers to the body of a request."""
    if ("instances" in request) == ("inputs" in request):
        raise Refused("one of instances and inputs")
    signature = signatures[request.get("signature_name", "serving_default")]
    inputs, _ = specs(signature)
    if "instances" in request:
        if not takes_rows(signature):
            raise Refused("a tensor without a batch dimension, in rows")
        columns = by_column(request["instances"], inputs)
    else:
        columns = request["inputs"]
        if len(inputs) == 1 and not isinstance(columns, dict):
            columns = dict.fromkeys(inputs, columns)
    if columns.keys() != inputs.keys():
        raise Refused(f"inputs {sorted(inputs)}; got {sorted(columns)}")
    found = signature(**{name: tensor(columns[name], inputs[name]) for name in inputs})
    values = {name: value.numpy().tolist() for name, value in found.items()}
    if "inputs" in request:
        return {"outputs": alone(values)}
    rows = [dict(zip(values, row, strict=True)) for row in zip(*values.values(), strict=True)]
    return {"predictions": [alone(row) for row in rows]}


def by_column(instances, inputs):
    if not all(isinstance(one, dict) for one in instances):
        if len(inputs) > 1:
            raise Refused("values without names, of several inputs")
        return dict.fromkeys(inputs, instances)
    if any(one.keys() != inputs.keys() for one in instances):
        raise Refused(f"inputs {sorted(inputs)} in each row")
    return {name: [one[name] for one in instances] for name in inputs}


def tensor(value, spec):
    if spec.dtype not in NUMBERS:
        raise Refused(f"type {spec.dtype}")
    array = np.array(value)
    if np.issubdtype(array.dtype, np.floating) and spec.dtype.is_integer:
        raise Refused(f"real numbers for {spec.dtype}")
    made = tf.constant(array, dtype=spec.dtype)
    if not spec.shape.is_compatible_with(made.shape):
        raise Refused(f"shape {made.shape} for {spec.shape}")
    return made


def alone(values):
    """One output needs no name."""
    return next(iter(values.values())) if len(values) == 1 else values
