"""What an assignment can forbid: the names behind each group, in source text and at run time."""

from __future__ import annotations

from typing import Final

MATRIX_METHODS: Final = frozenset(
    "dot inner vdot matmul mm bmm mv addmm addmv addbmm baddbmm addmm_ addmv_ addbmm_ baddbmm_ "
    "__matmul__ __rmatmul__ __imatmul__ sspaddmm smm hspmm".split()
)
MATRIX_FUNCTIONS: Final = MATRIX_METHODS | frozenset(
    "einsum tensordot linear vecdot matvec vecmat multi_dot chain_matmul cdist bilinear convolve "
    "correlate kron Linear LazyLinear Bilinear conv1d conv2d conv3d conv_transpose1d "
    "conv_transpose2d conv_transpose3d conv_tbc Conv1d Conv2d Conv3d ConvTranspose1d "
    "ConvTranspose2d ConvTranspose3d scaled_dot_product_attention MultiheadAttention "
    "matrix asmatrix bmat matrix_power matrix_exp imatmul _scaled_mm _int_mm cosine_similarity "
    "CosineSimilarity embedding_bag EmbeddingBag".split()
)
MATRIX_OPERATIONS: Final = frozenset(
    "mm bmm addmm addmv addbmm baddbmm mv dot vdot inner matmul einsum tensordot linear "
    "linalg_vecdot vecdot linalg_multi_dot multi_dot chain_matmul bilinear cdist _cdist_forward "
    "_euclidean_dist convolution _convolution convolution_overrideable mkldnn_convolution conv1d "
    "conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d conv_tbc _sparse_mm "
    "_sparse_addmm sspaddmm smm hspmm sparse_mm _trilinear _addmm_activation _scaled_mm _int_mm "
    "linalg_matmul linalg_matrix_power matrix_power kron __matmul__ __rmatmul__ __imatmul__ "
    "scaled_dot_product_attention mkldnn_linear _sparse_sparse_matmul sampled_addmm "
    "matrix_exp linalg_matrix_exp cosine_similarity embedding_bag _embedding_bag "
    "_embedding_bag_forward_only".split()
)
LOOPING_CALLS: Final = frozenset(
    "map filter reduce vmap vectorize apply_along_axis apply_over_axes nditer ndenumerate "
    "fromiter fromfunction frompyfunc starmap accumulate map_ apply_ chunk_vmap scan while_loop "
    "associative_scan for_each".split()
)
AUTOGRAD_MODULES: Final = ("torch.autograd", "torch.func", "torch._functorch", "functorch")
AUTOGRAD_HARMLESS: Final = frozenset(
    "torch.autograd.no_grad torch.autograd.grad_mode.no_grad torch.autograd.inference_mode "
    "torch.autograd.set_grad_enabled torch.autograd.grad_mode.set_grad_enabled".split()
)
AUTOGRAD_NAMES: Final = frozenset(
    "requires_grad_ jacobian hessian jvp vjp jacrev jacfwd grad_and_value enable_grad "
    "run_backward".split()
)
ENGINE: Final = "autograd engine"  # written for operations that ran inside of it
TRACKED: Final = "requires_grad"  # written when an operand required a gradient that is recorded
BACKWARD: Final = "backward"  # part of the name of every ready-made backward operation
DYNAMIC: Final = frozenset("exec eval compile __import__ import_module".split())
