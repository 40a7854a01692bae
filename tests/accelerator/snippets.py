"""What student code meets on a GPU: small programs, right and wrong, and what CUDA does with each.

A snippet's value is its last line. It finds these names, of which the upper block is on `device`:

    x   float32 (2, 3): 1 to 6        v  float32 (3,): 1 to 3      s  float32 (2, 2), symmetric
    k   int64 (3,): 2, 0, 1           y  int64 (2,): 0, 2          m  bool (2, 3): x > 2

    c   float32 (3,) on the CPU       ci int64 (3,) on the CPU     cm bool (2, 3) on the CPU
    c0  float32 () on the CPU         device, torch, nn, F, np, copy, io, pickle
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OnDevice:
    """Every tensor of the result is on the device."""


@dataclass(frozen=True)
class OnCpu:
    """Every tensor of the result is on the CPU."""


@dataclass(frozen=True)
class Plain:
    """The result is this value, in which {device} and {type} stand for the device's names."""

    value: object


@dataclass(frozen=True)
class Raises:
    """The snippet raises this exception (or a subclass) with this text in its message."""

    kind: type[Exception]
    text: str = ""


@dataclass(frozen=True)
class NotChecked:
    """The simulation says that it cannot tell."""


Expected = OnDevice | OnCpu | Plain | Raises | NotChecked


@dataclass(frozen=True)
class Snippet:
    """One program and what CUDA does with it.

    `simulated` is what the simulation does where it differs on purpose. `random` results have
    no values to compare with those of the same program on the CPU.
    """

    code: str
    cuda: Expected
    simulated: Expected | None = None
    random: bool = False


DEVICE = OnDevice()
CPU = OnCpu()
TRUE = Plain(True)
FALSE = Plain(False)
TWO_DEVICES = Raises(
    RuntimeError, "Expected all tensors to be on the same device, but found at least two devices"
)
SAME_DEVICE = Raises(RuntimeError, "Expected all tensors to be on the same device")
NO_NUMPY = Raises(TypeError, "can't convert {device} device type tensor to numpy")
NO_INTEGERS = Raises(NotImplementedError, "not implemented for 'Long'")
WRONG_GENERATOR = Raises(
    RuntimeError, "Expected a '{type}' device type for generator but found 'cpu'"
)
NO_CUDA = Raises((AssertionError, RuntimeError), "")  # type: ignore[arg-type]


def _all(expected: Expected, *codes: str, random: bool = False) -> list[Snippet]:
    return [Snippet(code, expected, random=random) for code in codes]


MAKING = [
    *_all(
        DEVICE,
        "torch.zeros(3, device=x.device) + v",
        "torch.ones(3, device=x.device) * v",
        "torch.full((3,), 2.0, device=x.device) - v",
        "torch.full((3,), True, device=x.device)",
        "torch.arange(3, device=x.device) + v",
        "torch.arange(1.0, 4.0, 0.5, device=x.device)",
        "torch.linspace(0, 1, 3, device=x.device) * v",
        "torch.logspace(0, 1, 3, device=x.device) * v",
        "torch.eye(3, device=x.device) @ v",
        "torch.eye(2, 3, device=x.device) * x",
        "torch.tensor([1.0, 2.0, 3.0], device=x.device) + v",
        "torch.tensor(2.0, device=x.device) * x",
        "torch.tensor([[1, 2], [3, 4]], device=device)",
        "torch.as_tensor([1.0, 2.0, 3.0], device=x.device) + v",
        "torch.as_tensor(np.ones(3), device=x.device) + v",
        "torch.tensor(np.ones(3), device=x.device) + v",
        "torch.asarray([1.0, 2.0, 3.0], device=x.device) + v",
        "torch.tril_indices(3, 3, device=x.device)",
        "torch.triu_indices(3, 3, device=x.device)",
        "torch.scalar_tensor(2.0, device=x.device) * v",
        "torch.hann_window(3, device=x.device) * v",
        "torch.complex(v, torch.zeros(3, device=x.device))",
        "torch.zeros(2, 3).to(x.device) + x",
        "torch.zeros(2, 3).to(x) + x",
        "torch.arange(3).to(device=x.device, dtype=x.dtype) + v",
        "torch.zeros(3, device=f'{x.device}') + v",
        "torch.zeros(3, device=x.device.type) + v",
        "torch.zeros(3, device=torch.device(x.device.type, 0)) + v",
        "torch.full((2,), v[0], device=x.device)",
        "torch.vander(v)",
        "torch.meshgrid(v, v, indexing='ij')",
        "torch.cartesian_prod(v, v)",
        "torch.block_diag(x, x)",
        "torch.diag(v)",
        "torch.tril(x)",
        "torch.zeros(3, device=device, dtype=torch.float64)",
        "torch.zeros((), device=x.device) + v",
        "torch.empty(0, device=x.device)",
    ),
    *_all(
        DEVICE,
        "torch.empty(2, 3, device=x.device)",
        "torch.zeros(3, device=0) + v",
        "torch.empty_strided((2, 3), (1, 2), device=x.device)",
        "torch.rand(3, device=x.device) * v",
        "torch.randn(2, 3, device=x.device) + x",
        "torch.randint(0, 9, (3,), device=x.device) + k",
        "torch.randperm(3, device=x.device) + k",
        "torch.normal(0.0, 1.0, (3,), device=x.device) + v",
        "torch.empty(3, device=x.device).uniform_() + v",
        "torch.rand(3).to(x.device) + v",
        random=True,
    ),
    *_all(
        TWO_DEVICES,
        "torch.zeros(3) + v",
        "v + torch.zeros(3)",
        "v - torch.ones(3)",
        "torch.full((3,), 2.0) * v",
        "v / torch.arange(1, 4)",
        "torch.linspace(0, 1, 3) * v",
        "torch.tensor([1.0, 2.0, 3.0]) + v",
        "torch.rand(3) < v",
        "v == torch.ones(3)",
        "v > torch.zeros(3)",
        "torch.eye(2, 3) * x",
        "x * torch.from_numpy(np.ones(3, dtype=np.float32))",
        "torch.maximum(x, torch.zeros(3))",
        "v ** torch.arange(3)",
        "m & torch.ones(2, 3, dtype=torch.bool)",
        "torch.logical_and(m, cm)",
        "torch.atan2(v, torch.ones(3))",
        "x.sum() + c",
        "k % torch.arange(1, 4)",
        "k // torch.arange(1, 4)",
    ),
    *_all(
        CPU,
        "torch.zeros(x.shape)",
        "torch.arange(len(x))",
        "torch.eye(x.shape[0], dtype=x.dtype)",
        "torch.tensor(x.tolist())",
        "torch.tensor(x.sum().item())",
        "torch.tensor([v[0], v[1]])",
        "torch.tensor([float(e) for e in v])",
        "x.cpu()",
        "x.to('cpu')",
        "x.to('cpu', torch.float64)",
        "x.to(c)",
        "torch.as_tensor(x, device='cpu')",
        "torch.from_numpy(x.cpu().numpy())",
        "torch.zeros_like(x, device='cpu')",
        "x.new_zeros(3, device='cpu')",
        "x.type('torch.DoubleTensor')",
        "torch.ones(len(v)).cumsum(0)",
        "torch.stack([torch.tensor(e.item()) for e in v])",
    ),
]

LIKE = [
    *_all(
        DEVICE,
        "torch.zeros_like(x)",
        "torch.ones_like(x, dtype=torch.int64)",
        "torch.full_like(x, 7.0)",
        "x.new_zeros(3) + v",
        "x.new_ones((3,)) + v",
        "x.new_full((3,), 2.0) + v",
        "x.new_tensor([1.0, 2.0, 3.0]) + v",
        "torch.zeros_like(c, device=x.device) + v",
        "torch.zeros_like(x.T)",
        "F.one_hot(k, 3)",
        "F.one_hot(k)",
        "F.one_hot(k, num_classes=4).to(x.dtype)",
        "torch.tensor(x)",
        "torch.tensor(v[0])",
        "torch.as_tensor(x)",
        "torch.asarray(x)",
        "x.detach().clone()",
        "c.to(x)",
        "c.type_as(x)",
    ),
    *_all(
        DEVICE,
        "torch.empty_like(x)",
        "x.new_empty(3)",
        "torch.rand_like(x) + x",
        "torch.randn_like(x) + x",
        "torch.randint_like(k, 0, 9) + k",
        random=True,
    ),
    *_all(TWO_DEVICES, "F.one_hot(ci, 3) * x[0]"),
    *_all(CPU, "F.one_hot(ci, 3)"),
]

SCALARS = [
    *_all(
        DEVICE,
        "v + c0",
        "c0 + v",
        "v * torch.tensor(2.0)",
        "torch.tensor(2.0) / v",
        "v - torch.tensor(1)",
        "v > c0",
        "v == torch.tensor(2.0)",
        "torch.maximum(v, c0)",
        "torch.pow(v, c0)",
        "torch.pow(c0, v)",
        "torch.fmod(v, c0)",
        "torch.where(m, x, c0)",
        "torch.where(m, 0.0, x)",
        "torch.where(torch.tensor(True), x, -x)",
        "x.masked_fill(m, c0)",
        "v.sum() + c0",
        "v.sum() * np.float32(2)",
        "v * np.float64(2.0)",
        "x * 2",
        "2 ** v",
        "v.add_(c0)",
        "v.mul_(torch.tensor(3.0))",
        "v.fill_(c0)",
        "v.clamp(min=1.5)",
        "torch.clamp(x, 2, 5)",
        "k % 2",
        "k // 2",
        "-x",
        "~m",
        "abs(-x)",
    ),
    *_all(
        TWO_DEVICES,
        "v.sum() * c",
        "c.add_(v[0])",
        "torch.add(v, c)",
        "v.add_(c)",
        "v += c\nv",
    ),
    Snippet("c0.add_(v)", Raises(RuntimeError, "doesn't match the broadcast shape")),
    *_all(
        SAME_DEVICE,
        "torch.clamp(v, min=c)",
        "torch.clamp(v, min=c0)",
        "torch.logaddexp(v, c0)",
        "torch.where(m, x, torch.zeros(2, 3))",
        "torch.where(cm, x, -x)",
    ),
]

INDEXING = [
    *_all(
        DEVICE,
        "x[0]",
        "x[-1, 1:]",
        "x[..., None]",
        "x[:, k]",
        "v[k]",
        "v[ci]",
        "x[:, ci]",
        "x[:, [2, 0]]",
        "v[np.array([0, 1])]",
        "v[torch.tensor(1)]",
        "v[k[0]]",
        "x[m]",
        "x[cm]",
        "x[x > 2]",
        "x[torch.tensor([True, False])]",
        "x[torch.arange(2), y]",
        "x[torch.arange(2, device=x.device), y]",
        "v[k].sort()",
        "v.index_select(0, k)",
        "x.gather(1, y[:, None])",
        "x.take(k)",
        "torch.take_along_dim(x, k[None], 1)",
        "x.masked_select(m)",
        "torch.nonzero(m)",
        "torch.argwhere(m)",
        "torch.where(m)",
        "torch.where(m, x, -x)",
        "torch.where(m, x, 0.0)",
        "m.nonzero(as_tuple=True)[0]",
        "torch.zeros_like(x).scatter_(1, y[:, None], 1.0)",
        "torch.zeros_like(v).scatter_add_(0, k, v)",
        "torch.zeros_like(x).scatter(1, y[:, None], x)",
        "v.index_add(0, k, v)",
        "v.index_copy(0, k, v)",
        "v.index_fill(0, k, 7.0)",
        "v.index_fill(0, k, c0)",
        "v.index_put((k,), v)",
        "v.index_put_((ci,), v * 1)",
        "v.index_put_((ci,), c0)",
        "x[0] = 5.0\nx",
        "x[0] = v\nx",
        "x[0] = c\nx",
        "x[:, 0] = c0\nx",
        "x[0, 0] = x[1, 1]\nx",
        "x[m] = 0.0\nx",
        "x[m] = c0\nx",
        "x[cm] = 0.0\nx",
        "x[:, k] = x * 1\nx",
        "x[:, ci] = x * 1\nx",
        "x[x > 2] += 1\nx",
        "v[k] *= 2\nv",
        "x.repeat_interleave(2)",
        "v.repeat_interleave(k)",
        "torch.diagonal(s)",
        "s.fill_diagonal_(0.0)",
        "x.unfold(1, 2, 1)",
        "x.roll(1, 0)",
        "x.flip(0)",
    ),
    *_all(
        SAME_DEVICE,
        "v.index_select(0, ci)",
        "x.gather(1, ci[None])",
        "v.take(ci)",
        "x.masked_select(cm)",
        "torch.zeros_like(v).scatter_(0, ci, 1.0)",
        "torch.zeros(3).scatter_(0, k, 1.0)",
        "torch.zeros_like(v).scatter_add_(0, k, c)",
        "v.index_fill(0, ci, 7.0)",
        "v.repeat_interleave(ci)",
    ),
    Snippet("v.index_add(0, ci, v)", Raises(RuntimeError, "same device")),
    Snippet("torch.zeros(3).index_add_(0, k, v)", Raises(RuntimeError, "same device")),
    Snippet("v.index_copy(0, k, c)", Raises(RuntimeError, "same device")),
    Snippet("x.masked_fill(cm, 0.0)", Raises(RuntimeError, "same device")),
    Snippet("v.index_put((k,), c)", TWO_DEVICES),
    Snippet("x[m] = torch.zeros(4)\nx", Raises(RuntimeError, "device")),
    Snippet("c[k]", Raises(RuntimeError, "indices should be either on cpu or on the same device")),
    Snippet("x[5]", Raises(IndexError, "out of bounds")),
    Snippet("x[0] = [1.0, 2.0, 3.0]", Raises(TypeError, "can't assign a list")),
    *_all(CPU, "c[k[0]]", "c[0] = v[0]\nc", "c[:] = v\nc", "c.copy_(v)", "c[k] = 0.0\nc"),
]

JOINING = [
    *_all(
        DEVICE,
        "torch.cat([x, x])",
        "torch.cat([v, torch.zeros(1, device=v.device)])",
        "torch.cat([c.to(v.device), v])",
        "torch.stack([v, v])",
        "torch.stack([v[0], v[1]])",
        "torch.stack([row.sum() for row in x])",
        "torch.vstack([v, v])",
        "torch.hstack([v, v])",
        "torch.column_stack([v, v])",
        "torch.broadcast_tensors(x, v)",
        "x.chunk(3, dim=1)",
        "x.split([1, 2], dim=1)",
        "torch.unbind(x)",
        "x.repeat(2, 1)",
        "F.pad(x, (1, 1))",
        "sum(row for row in x)",
        "max(v)",
        "list(x)",
    ),
    *_all(
        SAME_DEVICE,
        "torch.cat([v, c])",
        "torch.cat([c, v])",
        "torch.cat([v, torch.zeros(1)])",
        "torch.stack([v, c])",
        "torch.vstack([v, c])",
        "torch.cat([torch.tensor([]), v])",
    ),
]

PRODUCTS = [
    *_all(
        DEVICE,
        "x @ v",
        "x @ x.T",
        "v @ v",
        "torch.dot(v, v)",
        "torch.mm(x, x.T)",
        "torch.bmm(x[None], x.T[None])",
        "torch.matmul(x[None], x.T)",
        "torch.einsum('ij,j->i', x, v)",
        "torch.einsum('ij,kj->ik', x, x)",
        "torch.outer(v, v)",
        "torch.tensordot(x, x, dims=([1], [1]))",
        "torch.addmm(s, x, x.T)",
        "torch.baddbmm(s[None], x[None], x.T[None])",
        "torch.kron(s, s)",
        "torch.cdist(x, x)",
        "torch.linalg.inv(s)",
        "torch.linalg.solve(s, x)",
        "torch.linalg.det(s)",
        "torch.linalg.cholesky(s)",
        "torch.linalg.norm(x)",
        "torch.linalg.eigvalsh(s)",
        "torch.linalg.lstsq(x.T, v[:, None]).solution",
        "torch.linalg.matrix_power(s, 3)",
        "torch.linalg.pinv(x)",
        "torch.linalg.svdvals(x)",
        "(lambda q, r: q @ r)(*torch.linalg.qr(s))",
        "torch.linalg.multi_dot([x, x.T, s])",
        "(k * k).sum()",
        "(x.half() @ x.half().T).float()",
        "torch.fft.fft(v)",
        "torch.cross(v, v.flip(0), dim=0)",
    ),
    *_all(
        SAME_DEVICE,
        "x @ c",
        "c @ v",
        "torch.dot(v, c)",
        "torch.mm(x, torch.zeros(3, 2))",
        "torch.mm(torch.zeros(2, 2), x)",
        "torch.matmul(x, torch.ones(3))",
        "torch.bmm(x[None], torch.zeros(1, 3, 2))",
        "torch.einsum('ij,kj->ik', x, torch.zeros(2, 3))",
        "torch.addmm(torch.zeros(2), x, x.T)",
        "torch.linalg.solve(s, torch.zeros(2))",
        "F.linear(x, torch.zeros(1, 3))",
        "torch.eye(3) @ v",
    ),
    *_all(TWO_DEVICES, "torch.outer(v, c)"),
    Snippet("torch.cdist(x, torch.zeros(2, 3))", Raises(RuntimeError, "same device")),
    *_all(NO_INTEGERS, "k @ k", "torch.stack([k, k]) @ k", "k[None] @ k[:, None]"),
    Snippet("x @ x", Raises(RuntimeError, "shapes cannot be multiplied")),
    Snippet("x @ x.double().T", Raises(RuntimeError, "same dtype")),
    Snippet("x + torch.zeros(4, device=x.device)", Raises(RuntimeError, "must match the size")),
    Snippet("torch.histogram(v, 3)", Raises(NotImplementedError, "aten::histogram.bin_ct")),
    Snippet("k.float().mean() + k.mean()", Raises(RuntimeError, "dtype")),
]

REDUCTIONS = [
    *_all(
        DEVICE,
        "x.sum()",
        "x.mean(dim=0, keepdim=True)",
        "x.max(dim=1)",
        "x.argmax()",
        "x.std(dim=0)",
        "x.var(dim=0, unbiased=False)",
        "torch.median(x, dim=1)",
        "x.topk(2)",
        "x.sort(descending=True)",
        "torch.argsort(v)",
        "x.cumsum(1)",
        "x.prod()",
        "torch.unique(k)",
        "torch.bincount(k)",
        "torch.bucketize(v, v)",
        "torch.searchsorted(v, v)",
        "torch.histc(v, 3)",
        "torch.quantile(v, 0.5)",
        "torch.cov(x)",
        "torch.norm(x)",
        "torch.logsumexp(x, 1)",
        "torch.softmax(x, -1)",
        "m.any(dim=1)",
        "m.all()",
        "torch.isin(k, k[:1])",
        "torch.isclose(v, v)",
        "torch.count_nonzero(m)",
    ),
    *_all(
        SAME_DEVICE,
        "torch.searchsorted(v, c)",
        "torch.bincount(k, weights=c)",
        "torch.isin(k, ci)",
        "torch.allclose(v, c)",
        "torch.isclose(v, c)",
    ),
    Snippet("torch.equal(v, c)", Raises(RuntimeError, "device")),
]

PYTHON = [
    Snippet("v.sum().item()", Plain(6.0)),
    Snippet("float(v[0]) + int(k[0])", Plain(3.0)),
    Snippet("'yes' if m.any() else 'no'", Plain("yes")),
    Snippet("bool((x > 0).all())", TRUE),
    Snippet("x.tolist()", Plain([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])),
    Snippet("k.tolist()", Plain([2, 0, 1])),
    Snippet("v[0].tolist()", Plain(1.0)),
    Snippet("len(x), x.shape[1], x.numel(), x.ndim", Plain((2, 3, 6, 2))),
    Snippet("list(range(k[0]))", Plain([0, 1])),
    Snippet("['a', 'b', 'c'][k[0]]", Plain("c")),
    Snippet("f'{v[1]:.2f}'", Plain("2.00")),
    Snippet("str(v)", Plain("tensor([1., 2., 3.], device='{device}')")),
    Snippet("repr(v[0])", Plain("tensor(1., device='{device}')")),
    Snippet("torch.equal(v, v.clone())", TRUE),
    Snippet("torch.allclose(v, v + 1e-9)", TRUE),
    Snippet("2.0 in v", TRUE),
    Snippet("isinstance(x, torch.Tensor) and type(x) is torch.Tensor", TRUE),
    Snippet("torch.is_tensor(x), x.dtype == torch.float32", Plain((True, True))),
    Snippet("bool(x)", Raises(RuntimeError, "ambiguous")),
    Snippet("x.item()", Raises(RuntimeError, "cannot be converted to Scalar")),
    Snippet("x.cpu().numpy().tolist() == x.tolist()", TRUE),
    Snippet("x.detach().cpu().numpy().sum().item()", Plain(21.0)),
    Snippet("x.numpy(force=True).shape", Plain((2, 3))),
    *_all(
        NO_NUMPY,
        "x.numpy()",
        "np.array(x)",
        "np.asarray(x)",
        "x.detach().numpy()",
        "v + np.ones(3)",
        "torch.ones(3, device=x.device, requires_grad=True).numpy()",
    ),
    Snippet("np.ones(3) + v", Raises(TypeError)),
    *_all(DEVICE, "torch.from_numpy(np.ones(3)).to(x.device) + v", "np.float64(2.0) * v"),
]

MEMORY = [
    *_all(
        DEVICE,
        "x.clone()",
        "x.view(-1)",
        "x.reshape(3, 2)",
        "x.T",
        "x.t().contiguous()",
        "x.permute(1, 0).reshape(-1)",
        "x.unsqueeze(0).expand(4, 2, 3)",
        "x.flatten()[1:4]",
        "x.squeeze()",
        "x.as_strided((2,), (3,), 1)",
        "x.view(torch.int32)",
        "x.to(torch.complex64).conj() * 1j",
        "torch.view_as_real(x.to(torch.complex64))",
        "torch.view_as_complex(torch.stack([v, v], -1))",
        "torch.complex(v, v).conj().imag",
        "x.view(-1).add_(1)\nx",
        "x[0].zero_()\nx",
        "x.T[0].mul_(3)\nx",
        "x.detach().zero_()\nx",
        "x.data.mul_(2)\nx",
        "x.data = torch.zeros(2, device=x.device)\nx",
        "v.add_(1).mul_(2)",
        "v.sub_(v)",
        "v.copy_(c)",
        "v.zero_()",
        "v.clamp_(min=2)",
        "v.masked_fill_(v > 1, 0.0)",
        "torch.relu_(v - 2)",
        "x.t_()",
        "x.unsqueeze_(0)",
        "x.squeeze_()",
        "x.transpose_(0, 1)",
        "v.resize_(2)",
        "torch.empty(0, device=x.device).set_(x)",
        "x.diagonal().fill_(0.0)\nx",
        "torch.add(v, v, out=torch.empty_like(v))",
        "torch.mm(x, x.T, out=torch.empty(0, device=x.device))",
        "torch.sum(x, dim=0, out=torch.empty(3, device=x.device))",
        "torch.cat([v, v], out=torch.empty(0, device=x.device))",
        "torch.max(x, 1, out=(torch.empty(2, device=device), torch.empty_like(y)))",
        "torch.arange(3, out=torch.empty(0, device=x.device))",
        "out = torch.zeros_like(v)\ntorch.exp(v, out=out)\nout",
        "copy.copy(x)",
        "copy.deepcopy(x)",
        "copy.deepcopy({'x': x, 'v': v})",
    ),
    Snippet("pickle.loads(pickle.dumps(x))", DEVICE, NotChecked()),
    Snippet("f = io.BytesIO()\ntorch.save(x, f)\nf.seek(0)\ntorch.load(f)", DEVICE, NotChecked()),
    *_all(
        DEVICE,
        "v.uniform_()",
        "v.normal_()",
        "k.random_()",
        "v.bernoulli_()",
        "v.exponential_()",
        "v.resize_(7)",
        random=True,
    ),
    *_all(CPU, "f = io.BytesIO()\ntorch.save(x, f)\nf.seek(0)\ntorch.load(f, map_location='cpu')"),
    Snippet("x.data_ptr() == x.view(-1).data_ptr() == x.detach().data_ptr()", TRUE),
    Snippet("x.clone().data_ptr() == x.data_ptr()", FALSE),
    Snippet("x.untyped_storage().data_ptr() == x[1].untyped_storage().data_ptr()", TRUE),
    Snippet("x[1].storage_offset(), x.T.stride(), x.T.is_contiguous()", Plain((3, (1, 3), False))),
    Snippet("x.is_set_to(x.view(2, 3)), x.is_set_to(x.clone())", Plain((True, False))),
    Snippet("x[0]._base is x, x._is_view()", Plain((True, False))),
    Snippet("d = copy.deepcopy([x, x])\nd[0] is d[1] and d[0] is not x", TRUE),
    Snippet("d = copy.deepcopy([x, x[0]])\nd[0].zero_()\nd[1].tolist()", Plain([0.0, 0.0, 0.0])),
    Snippet("v[1:].add_(v[:-1])", Raises(RuntimeError, "single memory location")),
    Snippet("x.T.view(-1)", Raises(RuntimeError, "view size is not compatible")),
    Snippet("x.view(4)", Raises(RuntimeError, "is invalid for input of size 6")),
    Snippet("x.expand(2, 4)", Raises(RuntimeError, "must match the existing size")),
    Snippet("k.div_(2)", Raises(RuntimeError, "can't be cast")),
    *_all(TWO_DEVICES, "torch.add(v, v, out=torch.empty(3))"),
    *_all(SAME_DEVICE, "torch.mm(x, x.T, out=torch.empty(2, 2))"),
]

MOVING = [
    Snippet("x.device == device and x.device.type == device.type", TRUE),
    Snippet("str(x.device)", Plain("{device}")),
    Snippet("x.get_device(), c.get_device(), x.is_cpu", Plain((0, -1, False))),
    Snippet("x.to(x.device) is x and x.float() is x and c.cpu() is c", TRUE),
    Snippet("x.to(x.device, copy=True) is x or x.cpu() is x", FALSE),
    Snippet("x.type()", Plain("torch.{type}.FloatTensor")),
    Snippet("torch.empty(0).device == x.device", FALSE),
    Snippet("torch.zeros(1, device=x.device).device == x.device", TRUE),
    *_all(
        DEVICE,
        "c.to(x.device) + v",
        "c.to(device=device, non_blocking=True) + v",
        "c.to(v.device, torch.float64) + v",
        "x.double()",
        "x.to(torch.int64)",
        "x.half().float()",
        "x.bfloat16().float()",
        "x.type(torch.float64)",
        "x.bool()",
        "x.cpu().to(x.device)",
        "with torch.device(x.device):\n    z = torch.zeros(3) + v\nz",
        "with torch.device(x.device):\n    z = torch.tensor([1.0, 2.0, 3.0]) + v\nz",
        "torch.set_default_device(x.device)\nz = torch.arange(3) + v\n"
        "torch.set_default_device(None)\nz",
        "with torch.device('cpu'):\n    z = torch.zeros_like(x)\nz",
        "with torch.no_grad():\n    z = x * 2\nz",
        "with torch.inference_mode():\n    z = (x * 2).reshape(-1) @ x.to(x.device).flatten()\nz",
    ),
    *_all(CPU, "with torch.inference_mode():\n    z = (x * 2).to('cpu')\nz"),
    *_all(TWO_DEVICES, "with torch.device('cpu'):\n    z = torch.zeros(3)\nz + v"),
    Snippet("torch.zeros(3, device=device.type + ':9')", Raises(RuntimeError, "device ordinal")),
    # A machine without CUDA cannot do these; there, the simulation gives that machine's error.
    Snippet("torch.zeros(3, device='cuda') + v", DEVICE, NO_CUDA),
    Snippet("c.cuda() + v", DEVICE, NO_CUDA),
    Snippet(
        "torch.zeros(3, device='cuda' if torch.cuda.is_available() else 'cpu') + v",
        DEVICE,
        TWO_DEVICES,
    ),
    Snippet("x.is_cuda", TRUE, NotChecked()),
    Snippet("c.pin_memory().to(x.device) + v", DEVICE, NotChecked()),
    Snippet("x.to_sparse().to_dense()", DEVICE, NotChecked()),
    Snippet("with torch.autocast(device.type):\n    z = x @ x.T\nz.float()", DEVICE, NotChecked()),
]

RANDOM = [
    *_all(
        DEVICE,
        "torch.rand(3, generator=torch.Generator().manual_seed(1)).to(x.device) + v",
        "g = torch.Generator()\ng.manual_seed(1)\ntorch.randn(2, 3, generator=g).to(x) + x",
        "torch.manual_seed(3)\ntorch.randperm(3).to(x.device) + k",
    ),
    *_all(
        DEVICE,
        "g = torch.Generator(device=x.device)\ng.manual_seed(1)\n"
        "torch.rand(3, generator=g, device=x.device)",
        "g = torch.Generator(device=x.device).manual_seed(1)\n"
        "torch.randint(0, 9, (3,), generator=g, device=x.device)",
        "g = torch.Generator(device).manual_seed(1)\ntorch.randperm(5, generator=g, device=device)",
        "v.normal_(generator=torch.Generator(x.device))",
        "torch.multinomial(v, 2, generator=torch.Generator(x.device))",
        "torch.normal(v, v, generator=torch.Generator(x.device))",
        "torch.bernoulli(v / 4, generator=torch.Generator(x.device))",
        "torch.manual_seed(0)\ntorch.rand(3, device=x.device)",
        "torch.multinomial(v, 2)",
        "F.dropout(x, 0.5)",
        "nn.Dropout(0.5)(x)",
        "torch.poisson(v)",
        "torch.distributions.Normal(v, v).sample()",
        random=True,
    ),
    *_all(
        WRONG_GENERATOR,
        "torch.rand(3, generator=torch.Generator(), device=x.device)",
        "torch.randn(3, generator=torch.Generator().manual_seed(0), device=x.device)",
        "torch.randint(0, 9, (3,), generator=torch.Generator(), device=x.device)",
        "torch.randperm(3, generator=torch.Generator(), device=x.device)",
        "v.normal_(generator=torch.Generator())",
        "torch.multinomial(v, 2, generator=torch.Generator())",
        "with torch.device(x.device):\n    z = torch.randperm(3, generator=torch.Generator())\nz",
    ),
    Snippet(
        "g = torch.Generator(device=x.device)\ntorch.rand(3, generator=g)",
        Raises(RuntimeError, "Expected a 'cpu' device type for generator but found"),
        CPU,
        random=True,
    ),
    Snippet("torch.Generator(device=x.device).device == x.device", TRUE),
    Snippet("isinstance(torch.Generator(x.device), torch.Generator)", TRUE),
    Snippet("torch.Generator(x.device).manual_seed(5).initial_seed()", Plain(5)),
    Snippet(
        "g = torch.Generator(x.device)\n"
        "a = torch.rand(9, generator=g.manual_seed(1), device=x.device)\n"
        "b = torch.rand(9, generator=g.manual_seed(1), device=x.device)\n"
        "c = torch.rand(9, generator=g, device=x.device)\n"
        "torch.equal(a, b), torch.equal(b, c)",
        Plain((True, False)),
    ),
    Snippet(
        "torch.manual_seed(0)\na = torch.rand(9, device=x.device)\n"
        "torch.manual_seed(0)\ntorch.equal(a, torch.rand(9, device=x.device))",
        TRUE,
    ),
    Snippet(
        "torch.manual_seed(0)\na = torch.rand(9, device=x.device).cpu()\n"
        "torch.manual_seed(0)\ntorch.equal(a, torch.rand(9))",
        FALSE,
    ),
    Snippet(
        "before = torch.get_rng_state()\ntorch.rand(9, device=x.device)\nF.dropout(x)\n"
        "x.normal_()\ntorch.equal(before, torch.get_rng_state())",
        TRUE,
    ),
]

GRADIENTS = [
    *_all(
        DEVICE,
        "w = torch.ones(3, device=x.device, requires_grad=True)\n(w * v).sum().backward()\nw.grad",
        "w = torch.ones(3).to(x.device).requires_grad_()\n(w * v).sum().backward()\nw.grad",
        "v.requires_grad_()\n(v**2).mean().backward()\nv.grad",
        "v.requires_grad_()\ntorch.autograd.grad((v**2).sum(), v)[0]",
        "v.requires_grad_()\ng, = torch.autograd.grad((v**3).sum(), v, create_graph=True)\n"
        "torch.autograd.grad(g.sum(), v)[0]",
        "v.requires_grad_()\n(x @ v).backward(torch.ones(2, device=x.device))\nv.grad",
        "w = torch.zeros(3, device=device, requires_grad=True)\n"
        "for _ in range(3):\n    ((x @ w - 1) ** 2).mean().backward()\n"
        "    with torch.no_grad():\n        w -= 0.1 * w.grad\n        w.grad.zero_()\nw",
        "v.requires_grad_()\nv.sum().backward()\nv.data -= 0.1 * v.grad\nv.detach()",
        "v.requires_grad_()\nv.grad = torch.zeros_like(v)\nv.sum().backward()\nv.grad",
        "v.requires_grad_()\nv.register_hook(lambda g: g * 2)\n(v * v).sum().backward()\nv.grad",
        "v.requires_grad_()\nz = v.clone()\nz[0] = 0\nz.mul_(2)\nz.sum().backward()\nv.grad",
        "v.requires_grad_()\nz = v * 1\nz[1:].mul_(3)\nz.sum().backward()\nv.grad",
        "v.requires_grad_()\nv[k].sum().backward()\nv.grad",
        "x.requires_grad_()\nx.max(dim=1).values.sum().backward()\nx.grad",
        "x.requires_grad_()\nF.softmax(x, 1).log().sum().backward()\nx.grad",
        "v.requires_grad_()\n(v * c0).sum().backward()\nv.grad",
        "c0.requires_grad_()\n(v * c0).sum().backward()\nv + c0.grad",
        "c.requires_grad_()\n(c.to(v.device) * v).sum().backward()\nc.grad.to(v.device)",
        "class Square(torch.autograd.Function):\n"
        "    @staticmethod\n    def forward(ctx, a):\n        ctx.save_for_backward(a)\n"
        "        return a * a\n"
        "    @staticmethod\n    def backward(ctx, g):\n"
        "        return 2 * ctx.saved_tensors[0] * g\n"
        "v.requires_grad_()\nSquare.apply(v).sum().backward()\nv.grad",
        "torch.autograd.functional.jacobian(lambda a: a**2, v)",
        "torch.func.grad(lambda a: (a * v).sum())(v)",
        "torch.func.jacrev(lambda a: a**2)(v)",
        "torch.func.jacfwd(lambda a: a**2)(v)",
        "torch.func.hessian(lambda a: (a**3).sum())(v)",
        "torch.vmap(torch.dot)(x, x)",
        "torch.vmap(lambda row: row * v)(x)",
        "v.requires_grad_()\nv.detach() + 1",
    ),
    *_all(
        TWO_DEVICES,
        "w = torch.ones(3, requires_grad=True)\n(w * v).sum().backward()",
        "torch.vmap(lambda row: row * c)(x)",
        "v.requires_grad_()\nv.register_hook(lambda g: g + c)\nv.sum().backward()",
    ),
    Snippet(
        "v.requires_grad_()\nv.grad = torch.zeros(3)",
        Raises(RuntimeError, "device"),
    ),
    Snippet("v.requires_grad_()\n(v * 2).backward(c)", Raises(RuntimeError, "device")),
    Snippet("v.requires_grad_()\nv += 1", Raises(RuntimeError, "leaf Variable that requires grad")),
    Snippet("v.sum().backward()", Raises(RuntimeError, "does not require grad")),
    Snippet(
        "v.requires_grad_()\nz = (v**2).sum()\nz.backward()\nz.backward()",
        Raises(RuntimeError, "second time"),
    ),
    Snippet(
        "v.requires_grad_()\nz = v.exp()\nz.add_(1)\nz.sum().backward()",
        Raises(RuntimeError, "modified by an inplace operation"),
    ),
    Snippet("v.requires_grad_()\nv.sum().backward()\nv.grad.device == v.device", TRUE),
    Snippet("(v.requires_grad_() * 2).requires_grad, v.is_leaf", Plain((True, True))),
]

_FIT = (
    "torch.manual_seed(0)\nnet = nn.Linear(3, 1).to(x.device)\nopt = {optimizer}\n"
    "for _ in range(3):\n    opt.zero_grad()\n    loss = F.mse_loss(net(x), x[:, :1])\n"
    "    loss.backward()\n    opt.step()\nnet.weight"
)

TRAINING = [
    *_all(
        DEVICE,
        *(
            _FIT.format(optimizer=f"torch.optim.{optimizer}")
            for optimizer in (
                "SGD(net.parameters(), lr=0.1)",
                "SGD(net.parameters(), lr=0.1, momentum=0.9, weight_decay=0.1, nesterov=True)",
                "SGD(net.parameters(), lr=0.1, foreach=True)",
                "SGD(net.parameters(), lr=0.1, fused=True)",
                "Adam(net.parameters(), lr=0.1)",
                "Adam(net.parameters(), lr=0.1, foreach=True)",
                "Adam(net.parameters(), lr=0.1, fused=True)",
                "AdamW(net.parameters(), lr=0.1, amsgrad=True)",
                "RMSprop(net.parameters(), lr=0.1)",
                "Adagrad(net.parameters(), lr=0.1)",
            )
        ),
        "torch.manual_seed(0)\nnet = nn.Linear(3, 1)\n"
        "opt = torch.optim.SGD(net.parameters(), lr=0.1)\n"
        "net.to(x.device)\nF.mse_loss(net(x), x[:, :1]).backward()\nopt.step()\nnet.weight",
        "torch.manual_seed(0)\nnn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))"
        ".to(x.device)(x)",
        "net = nn.Linear(3, 2)\nnn.init.ones_(net.weight)\nnn.init.zeros_(net.bias)\n"
        "net.to(device)(x)",
        "net = nn.Linear(3, 2).to(device)\nnet.load_state_dict(\n"
        "    {'weight': torch.ones(2, 3), 'bias': torch.zeros(2)})\nnet(x)",
        "nn.Parameter(torch.ones(3, device=x.device)) * v",
        "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.register_buffer('shift', torch.ones(3))\n"
        "    def forward(self, a):\n        return a + self.shift\nNet().to(x.device)(x)",
        "seen = []\nnet = nn.ReLU()\nnet.register_forward_hook(lambda n, i, o: seen.append(o))\n"
        "net(x)\nseen[0]",
        "torch.manual_seed(0)\nnet = nn.Linear(3, 1).to(device)\nF.relu(net(x)).sum().backward()\n"
        "nn.utils.clip_grad_norm_(net.parameters(), 0.1)\nnet.weight.grad",
        "torch.manual_seed(0)\ncopy.deepcopy(nn.Linear(3, 1).to(x.device))(x)",
        "torch.manual_seed(0)\nnn.Linear(3, 1).to(x.device).double()(x.double())",
        "torch.manual_seed(0)\nnn.Linear(3, 1).to(x.device, torch.float64).weight",
        "list(nn.Linear(3, 1).to(x.device).cpu().to(x.device).state_dict())\nv",
        "torch.manual_seed(0)\nnet = nn.Linear(3, 1).to(x.device)\n"
        "torch.func.functional_call(net, dict(net.named_parameters()), (x,))",
        "F.mse_loss(x, torch.zeros_like(x))",
        "F.l1_loss(x, torch.zeros_like(x), reduction='none')",
        "F.cross_entropy(x, y)",
        "F.cross_entropy(x, F.one_hot(y, 3).float())",
        "F.cross_entropy(x, y, weight=torch.ones(3, device=x.device), label_smoothing=0.1)",
        "F.nll_loss(F.log_softmax(x, 1), y)",
        "F.binary_cross_entropy_with_logits(x, m.float())",
        "F.binary_cross_entropy(torch.sigmoid(x), m.float())",
        "F.smooth_l1_loss(x, torch.zeros_like(x)) + F.huber_loss(x, torch.zeros_like(x))",
        "F.kl_div(F.log_softmax(x, 1), F.softmax(x, 1), reduction='batchmean')",
        "F.gelu(x) + F.silu(x) + torch.sigmoid(x) + torch.tanh(x)",
        "F.layer_norm(x, (3,))",
        "nn.BatchNorm1d(3).to(x.device)(x)",
        "nn.BatchNorm1d(3).to(x.device).eval()(x)",
        "F.embedding(k, x.T)",
        "F.conv1d(x[None], torch.ones(1, 2, 2, device=x.device))",
        "F.conv2d(x[None, None], torch.ones(1, 1, 2, 2, device=x.device))",
        "F.max_pool2d(x[None], 2)",
        "F.scaled_dot_product_attention(x[None], x[None], x[None])",
        "torch.manual_seed(0)\nnn.MultiheadAttention(4, 2).to(x.device)"
        "(*[F.pad(x, (0, 1))] * 3)[0]",
        "total = 0\nfor row in x:\n    total += row.sum()\ntotal",
        "data = torch.utils.data.TensorDataset(x, y)\n"
        "list(torch.utils.data.DataLoader(data, batch_size=2))",
        "data = torch.utils.data.TensorDataset(x.cpu(), y.cpu())\n"
        "[a.to(x.device) for a, b in torch.utils.data.DataLoader(data, batch_size=2)]",
        "data = [(row, row.sum()) for row in x]\n"
        "list(torch.utils.data.DataLoader(data, batch_size=2))",
        "data = torch.utils.data.TensorDataset(x)\ng = torch.Generator().manual_seed(0)\n"
        "list(torch.utils.data.DataLoader(data, shuffle=True, generator=g))",
        "torch.utils.data.random_split(x, [1, 1], torch.Generator().manual_seed(0))[0][0]",
    ),
    *_all(
        DEVICE,
        "nn.Linear(3, 1, device=x.device)(x)",
        "net = nn.Linear(3, 1).to(x.device)\nnn.init.normal_(net.weight)\nnet(x)",
        "nn.Embedding(3, 2, device=x.device)(k)",
        "with torch.device(x.device):\n    net = nn.Linear(3, 1)\nnet(x)",
        random=True,
    ),
    *_all(
        SAME_DEVICE,
        "nn.Linear(3, 1)(x)",
        "nn.Linear(3, 1).to(x.device)(torch.ones(3))",
        "nn.Linear(3, 1, device=x.device)(torch.ones(2, 3))",
        "F.cross_entropy(x, torch.tensor([0, 2]))",
        "F.nll_loss(F.log_softmax(x, 1), torch.tensor([0, 2]))",
        "nn.CrossEntropyLoss(weight=torch.ones(3))(x, y)",
        "F.mse_loss(v, c)",
        "F.embedding(ci, x.T)",
        "F.layer_norm(x, (3,), weight=torch.ones(3))",
        "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.shift = torch.ones(3)\n"
        "    def forward(self, a):\n        return a + self.shift\nNet().to(x.device)(x)",
        "data = torch.utils.data.TensorDataset(x.cpu())\nnet = nn.Linear(3, 1).to(x.device)\n"
        "[net(a) for (a,) in torch.utils.data.DataLoader(data)]",
    ),
    Snippet("nn.LSTM(3, 2).to(x.device)(x[None])[0]", DEVICE, NotChecked(), random=True),
    Snippet("nn.GRU(3, 2).to(x.device)(x[None])[0]", DEVICE, NotChecked(), random=True),
    Snippet(
        "v.requires_grad_()\n"
        "torch.utils.checkpoint.checkpoint(lambda a: (a**2).sum(), v, use_reentrant=False)"
        ".backward()\nv.grad",
        DEVICE,
        NotChecked(),
    ),
    Snippet("next(nn.Linear(3, 1).to(x.device).parameters()).device == x.device", TRUE),
    Snippet("net = nn.Linear(3, 1)\nw = net.weight\nnet.to(x.device).weight is w", TRUE),
    Snippet(
        "total = 0.0\nfor row in x:\n    total += row.sum().item()\ntotal",
        Plain(21.0),
    ),
]

SNIPPETS = [
    *MAKING,
    *LIKE,
    *SCALARS,
    *INDEXING,
    *JOINING,
    *PRODUCTS,
    *REDUCTIONS,
    *PYTHON,
    *MEMORY,
    *MOVING,
    *RANDOM,
    *GRADIENTS,
    *TRAINING,
]
