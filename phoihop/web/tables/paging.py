from phoihop.core.tables.paging import SIZES, page_of, size_of, whole

__all__ = ["SIZES", "page_of", "size_of", "whole"]
